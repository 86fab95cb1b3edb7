using System.Collections.Immutable;
using System.CommandLine;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Reading;

namespace AutoDiffAE.Cli;

/// <summary><c>explain EXPR</c></summary>
internal static class ExplainCommand
{
    private static readonly string[] Formats = ["text", "markdown", "latex", "html", "dot"];

    public static Command Of(Context context)
    {
        var expression = new Argument<string>("EXPR") { Description = "The expression; summed where it is no scalar" };
        var wrt = Options.Several("--wrt", "A,B", "Variables of the gradients; all of them when none is named");
        var shapes = Options.Several("--shape", "X=(N,3)", "Shapes of variables; others are numbers");
        var symmetric = Options.Several("--symmetric", "A,B", "Square variables that matrix forms take to equal their transposes");
        var format = Options.Text("--format", "text", "F", $"{string.Join(", ", Formats)}");
        var output = Options.Text("--out", "FILE", "A file for it; printed where there is none");
        var command = new Command("explain", "Derives an expression's gradients step by step, with the rule of each step, the shapes, why sums appear, where paths add up, and the laws that simplify the result.") { expression, wrt, shapes, symmetric, format, output };
        command.SetAction(parsed =>
        {
            var declared = DeclaredShape.Parse("--shape", parsed.GetRequiredValue(shapes));
            var kind = parsed.GetRequiredValue(format);
            if (!Formats.Contains(kind)) throw new UsageException($"--format {kind}: there is {string.Join(", ", Formats)}");
            var derivation = Derive(parsed.GetRequiredValue(expression), [.. parsed.GetRequiredValue(wrt).SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries)).Distinct()], declared);
            derivation = derivation.Assuming([.. parsed.GetRequiredValue(symmetric).SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries)).Select(name => Square(name, derivation))]);
            var lines = kind switch
            {
                "markdown" => DerivationText.Markdown(derivation),
                "latex" => DerivationLatex.Lines(derivation),
                "html" => DerivationHtml.Lines(derivation),
                "dot" => DerivationDot.Lines(derivation),
                _ => DerivationText.Lines(derivation),
            };
            if (parsed.GetValue(output) is { } file) AtomicFile.WriteText(file, string.Join("\n", lines) + "\n");
            else
                foreach (var line in lines) context.Output.WriteLine(line);
            return ExitCode.Done;
        });
        return command;
    }

    private static Expr Square(string name, Derivation derivation) => Traversal.Variables([derivation.Cost]).FirstOrDefault(v => Printer.Short(v) == name) switch
    {
        null => throw new UsageException($"--symmetric {name}: the expression has no variable of this name"),
        { Shape.Dims: [var n, var m] } v when n == m => v,
        var v => throw new UsageException($"--symmetric {name}: a variable of the shape {v.Shape} is no square matrix"),
    };

    private static Derivation Derive(string text, ImmutableArray<string> wrt, ImmutableArray<DeclaredShape> shapes)
    {
        var variables = shapes.ToDictionary(s => s.Variable, s => Expr.Variable(s.Variable, s.Shape), StringComparer.Ordinal);
        var y = Parser.Parse(text, variables);
        ImmutableArray<Expr> used = [.. Traversal.Variables([y])];
        if (used.IsEmpty) throw new UsageException("explain: the expression has no variable to differentiate by; give one its shape by --shape \"x=(n,3)\", () for a number");
        var asked = wrt.Select(name => variables.TryGetValue(name, out var v) && used.Contains(v) ? v : throw new UsageException($"--wrt {name}: the expression has no variable of this name, it has {string.Join(", ", used.Select(Printer.Short))}"));
        return Derivation.Of(y.Rank == 0 ? y : y.Sum(), wrt.IsEmpty ? used : asked);
    }
}
