using System.Collections.Immutable;
using System.CommandLine;
using AutoDiffAE.Data;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary><c>eval EXPR</c> and <c>eval --batch JSONL</c></summary>
internal static class EvalCommand
{
    private const string About = """
        Evaluates an expression of the arrays of a file, and its derivatives: infix + - * / ** @, comparisons, calls with keyword arguments, slices, and bindings (let h = x @ w; sum(h)).

        autodiffae eval "sum(tanh(x @ w) ** 2)" --in arrays.npz --grad x,w --hvp w=v --out results.npz

        Each line of a batch is a JSON object such as {"expr": "x ** 2", "in": {"x": [1, 2]}, "grad": ["x"], "cotangent": "c", "jvp": {"x": "tx"}, "hvp": {"x": "vx"}, "shape": {"x": "(n)"}, "precision": "float", "out": "results.npz"}, where in is a file too; all but expr may be left out. For each there is a line of answers in order: {"out": …, "grad_x": …, "shape": {…}}, or {"file": …, "shape": {…}} where out names a file, or {"error": "…", "line": n}; nan, inf and -inf are strings. Paths are relative to the current folder. The exit code is 2 when a case failed.
        """;

    public static Command Of(Context context)
    {
        var expression = new Argument<string?>("EXPR") { Description = "The expression; its variables are arrays of the file by name", Arity = ArgumentArity.ZeroOrOne };
        var input = Options.Text("--in", "NPZ", "The file with the arrays; expressions of numbers need none");
        var gradients = Options.Several("--grad", "A,B", "Variables for the gradients of ⟨cotangent, out⟩: results grad_A, grad_B");
        var cotangent = Options.Text("--cotangent", "NAME", "The array that is the cotangent of out, of its shape; an expression that is a scalar needs none");
        var tangents = Options.Several("--jvp", "X=TX", "Variables and the arrays that are their tangents, with commas between: one result jvp, the Jacobian times all of them");
        var directions = Options.Several("--hvp", "X=VX", "Variables and directions: results hvp_X, the Hessian of ⟨cotangent, out⟩ times all directions, Σ ∂²/∂X∂Y · VY");
        var shapes = Options.Several("--shape", "X=(N,3)", "Names for sizes of a variable, which the expression may then mention; they are bound to the array's");
        var precision = Options.Text("--precision", Precision.Double, "P", "double or float");
        var runsOn = new RunsOn();
        var output = Options.Text("--out", "FILE", "A .npz file for the results; printed where there is none. Of a batch: a file for the lines of answers");
        var batch = Options.Text("--batch", "JSONL", "Evaluates many cases in one process, a JSON object in each line");
        var trace = TraceOption.Of("After the results");
        ImmutableArray<Option> ofOne = [input, gradients, cotangent, tangents, directions, shapes];
        var command = new Command("eval", About) { expression, input, gradients, cotangent, tangents, directions, shapes, precision, output, batch, trace };
        runsOn.AddTo(command);
        command.SetAction(parsed =>
        {
            var evaluator = new Evaluator(runsOn.Backend(parsed));
            var single = Precision.IsSingle("--precision", parsed.GetRequiredValue(precision));
            if (parsed.GetValue(batch) is { } lines)
            {
                var beside = parsed.GetValue(expression) is not null ? expression.Name : ofOne.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;
                if (beside is not null) throw new UsageException($"--batch {lines}: {beside} stands in each line of the batch, not beside it");
                if (parsed.GetValue(trace)) throw new UsageException($"--batch {lines}: {TraceOption.Name} traces one expression, not a batch of them");
                return new BatchRun(context, evaluator, single).Execute(lines, parsed.GetValue(output));
            }
            var question = new Question(
                parsed.GetValue(expression) ?? throw new UsageException("eval: an expression is needed, or --batch JSONL (autodiffae eval --help lists what there is)"),
                [.. parsed.GetRequiredValue(gradients).SelectMany(g => g.Split(',', StringSplitOptions.TrimEntries)).Distinct()],
                parsed.GetValue(cotangent),
                Pair.Parse("--jvp", parsed.GetRequiredValue(tangents)),
                Pair.Parse("--hvp", parsed.GetRequiredValue(directions)),
                DeclaredShape.Parse("--shape", parsed.GetRequiredValue(shapes)));
            var arrays = parsed.GetValue(input) is { } file ? Arrays.Open(file) : Arrays.None;
            Give(context.Output, evaluator.Answer(question, arrays, single), parsed.GetValue(output));
            if (!parsed.GetValue(trace)) return ExitCode.Done;
            var (keys, found) = evaluator.Trace(question, arrays, single);
            TraceOption.Write(context.Output, found, keys);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Give(TextWriter output, ImmutableArray<(string Key, StoredArray Value)> results, string? path)
    {
        if (path is null)
        {
            foreach (var line in results.SelectMany(r => ArrayText.Lines(r.Key, r.Value))) output.WriteLine(line);
            return;
        }
        Npz.Write(path, results);
        output.WriteLine($"{path}: {string.Join(", ", results.Select(r => $"{r.Key} {Shape.Of(r.Value.Sizes)}"))}");
    }
}
