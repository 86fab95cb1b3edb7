using System.Collections.Immutable;
using System.CommandLine;
using AutoDiffAE.Data;
using AutoDiffAE.Reading;

namespace AutoDiffAE.Cli;

/// <summary><c>explain EXPR</c> and <c>explain MODEL</c></summary>
internal static class ExplainCommand
{
    private const string Text = "text", Markdown = "markdown", Latex = "latex", Html = "html", Dot = "dot", Listing = "listing", Steps = "steps", Layers = "layers", Names = "names";

    private static readonly string[] Formats = [Text, Markdown, Latex, Html, Dot, Listing];

    private static readonly string[] Levels = [Steps, Layers, Names];

    public static Command Of(Context context)
    {
        var expression = new Argument<string>("EXPR") { Description = "The expression, summed where it is no scalar; or a model.npz that train left, or its folder" };
        var wrt = Options.Several("--wrt", "A,B", "Variables of the gradients; all of them when none is named");
        var shapes = Options.Several("--shape", "X=(N,3)", "Shapes of variables; others are numbers");
        var symmetric = Options.Several("--symmetric", "A,B", "Square variables that matrix forms take to equal their transposes");
        var format = Options.Text("--format", Text, "F", $"{string.Join(", ", Formats)}");
        var level = Options.Text("--level", "L", $"{string.Join(", ", Levels)}  [default: {Steps}; {Layers} for a model]");
        var stop = Options.Several("--stop", "H1,H2", "Names of values behind which the derivation does not go");
        var layer = Options.Text("--layer", "NAME", "A model's layer: the gradients of its parameters, step by step");
        var order = Options.Whole("--order", 1, "2 for the second derivative: of one number its own, else the Hessian times a direction v");
        var input = Options.Text("--in", "NPZ", "A file with values for the variables, by name: html shows them beside the cotangents and central differences; random ones where there is none");
        var seed = Options.Seed(0, "Of random values");
        var trace = TraceOption.Of("At the values of --in, after the derivation,");
        var output = Options.Text("--out", "FILE", "A file for it; printed where there is none");
        var command = new Command("explain", "Derives the gradients of an expression or of a model's loss step by step, with the rule of each step, the shapes, why sums appear, where paths add up, and the laws that simplify the result.") { expression, wrt, shapes, symmetric, format, level, stop, layer, order, input, seed, output, trace };
        command.SetAction(parsed =>
        {
            var declared = DeclaredShape.Parse("--shape", parsed.GetRequiredValue(shapes));
            var (text, ofLayer) = (parsed.GetRequiredValue(expression), parsed.GetValue(layer));
            var isModel = Explained.IsModel(text, declared.Select(s => s.Variable));
            if (ofLayer is not null && !isModel) throw new UsageException($"--layer {ofLayer}: an expression has no layers, a model.npz or its folder has; --wrt names variables");
            var kind = Known("--format", parsed.GetRequiredValue(format), Formats);
            var detail = Known("--level", parsed.GetValue(level) ?? (isModel && ofLayer is null && kind is (Text or Markdown) ? Layers : Steps), Levels);
            if (detail != Steps && kind is not (Text or Markdown)) throw new UsageException($"--level {detail}: {kind} has all steps, {Text} and {Markdown} have levels");
            var asked = Listed(parsed.GetRequiredValue(wrt));
            var point = ExplainPoint.Of(parsed.GetValue(input) is { } npz ? Arrays.Open(npz) : null, declared, unchecked((int)parsed.GetValue(seed)));
            if (parsed.GetValue(trace) && isModel) throw new UsageException($"{TraceOption.Name}: values are given to an expression, not to a model");
            var explained = isModel ? Explained.OfModel(text, ofLayer, asked) : Explained.OfText(text, asked, point.Variables);
            var traced = parsed.GetValue(trace) ? point.Trace(explained.Cost) : default;
            var lines = Lines(Explanation.Of(explained, Listed(parsed.GetRequiredValue(stop)), asked.Length > 0 || ofLayer is not null, Order(parsed.GetValue(order))) with { Symmetric = Listed(parsed.GetRequiredValue(symmetric)) }, point, kind, detail, parsed.GetValue(output) is null ? Colours.Of(context) : Colours.None);
            if (parsed.GetValue(output) is { } file) AtomicFile.WriteText(file, string.Join("\n", lines) + "\n");
            else
                foreach (var line in lines) context.Output.WriteLine(line);
            if (parsed.GetValue(trace)) TraceOption.Write(context.Output, traced.Trace, traced.Names);
            return ExitCode.Done;
        });
        return command;
    }

    private static string Known(string option, string value, string[] known) => known.Contains(value) ? value : throw new UsageException($"{option} {value}: there is {string.Join(", ", known)}");

    private static int Order(int order) => order is 1 or 2 ? order : throw new UsageException($"--order {order}: there is 1 and 2");

    private static ImmutableArray<string> Listed(string[] given) => [.. given.SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries)).Distinct()];

    private static IEnumerable<string> Lines(Explanation explanation, ExplainPoint point, string format, string level, Colours colours) => (format, level) switch
    {
        (Text, Layers) => DerivationText.Lines(explanation.ByLayer(), colours.Width, colours.Paint),
        (Markdown, Layers) => DerivationMarkdown.Lines(explanation.ByLayer()),
        (Text, Names) => DerivationText.Names(explanation.BySteps(), colours.Width, colours.Paint),
        (Markdown, Names) => ["```text", .. DerivationText.Names(explanation.BySteps()), "```"],
        (Markdown, _) => DerivationMarkdown.Lines(explanation.BySteps()),
        (Latex, _) => DerivationLatex.Lines(explanation.BySteps()),
        (Html, _) => explanation.BySteps() is var derivation ? DerivationHtml.Lines(derivation, point.At(derivation)) : [],
        (Dot, _) => DerivationDot.Lines(explanation.BySteps()),
        (Listing, _) => DerivationListing.Lines(explanation.BySteps()),
        _ => DerivationText.Lines(explanation.BySteps(), colours.Width, colours.Paint),
    };
}
