using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cli;

/// <summary>One check as it was asked for.</summary>
/// <param name="Given">Values of the variables; random ones where there are none.</param>
/// <param name="TraceNonFinite">Whether it is said first where the first number comes from that is not finite.</param>
internal sealed record CheckRun(string Text, Arrays? Given, ImmutableArray<DeclaredShape> Shapes, int Seed, bool TraceNonFinite = false)
{
    /// <param name="pullbacks">The table of rules; the standard one when none is given.</param>
    public static int Execute(Context context, CheckRun run, Pullbacks? pullbacks = null)
    {
        try
        {
            return Origin.OfText(() => Checked(context, run, pullbacks ?? Pullbacks.Standard));
        }
        catch (ArgumentException e) when (e is not ShapeException)
        {
            throw new UsageException(e.Message);
        }
    }

    private static int Checked(Context context, CheckRun run, Pullbacks pullbacks)
    {
        var output = context.Output;
        var point = run.Given is { } arrays ? CheckPoint.Of(run.Text, arrays, run.Shapes) : RandomPoint.Of(run.Text, run.Shapes, run.Seed);
        if (run.TraceNonFinite)
        {
            var (names, found) = point.Trace(pullbacks);
            TraceOption.Write(output, found, names);
        }
        var first = CheckOrder.Of(run.Given is null ? point : point.Finite(), point.Y, point.Variables, pullbacks, run.Seed) ?? throw new UsageException(
            "the expression depends on no variable in a differentiable way, there is nothing to check");
        foreach (var line in point.From) output.WriteLine(line);
        if (run.Given is null) output.WriteLine($"seed {run.Seed}");
        Show("order 1: gradients", first);

        CheckOrder? second = null;
        if (first.Verdict == CheckVerdict.Right)
        {
            var (cost, at) = Contracted(point, first.Connected, pullbacks, run.Seed);
            second = CheckOrder.Of(at, cost, point.Variables, pullbacks, run.Seed);
            if (second is null) output.WriteLine("order 2: the gradients are constant");
            else Show("order 2: gradients of the gradients along a random direction", second);
        }
        var worst = new[] { first, second }.OfType<CheckOrder>().MaxBy(o => o.Verdict)!;
        output.WriteLine(worst.Sentence);
        return worst.Verdict == CheckVerdict.Wrong ? ExitCode.Failure : ExitCode.Done;

        void Show(string title, CheckOrder order)
        {
            output.WriteLine();
            output.WriteLine(title);
            foreach (var line in order.Lines()) output.WriteLine(line);
        }
    }

    /// <summary>Σ ⟨vₓ, ∂⟨u, y⟩/∂x⟩ over the variables x, a function of them whose gradient is of order two.</summary>
    private static (Expr Cost, CheckPoint At) Contracted(CheckPoint point, ImmutableArray<Expr> wrt, Pullbacks pullbacks, int seed)
    {
        var random = new Random(seed);
        var u = Expr.Variable("u", point.Y.Shape);
        ImmutableArray<Expr> directions = [.. wrt.Select((x, i) => Expr.Variable($"v{i}", x.Shape))];
        var cost = Gradient.Of(point.Y, wrt, u, pullbacks).Zip(directions, (g, v) => (g * v).Sum()).Aggregate((a, b) => a + b);
        Tensor<double> Signed(Tensor<double> like) => Smoothness.Filled(like, _ => (0.25 + 0.75 * random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1));
        var value = Compiler.Compile<double>(new Computation([.. point.Values.Select(v => v.Variable)], [point.Y])).Invoke([.. point.Values.Select(v => v.Value)])[0];
        return (cost, point with { Values = [.. point.Values, (u, Signed(value)), .. directions.Zip(wrt, (v, x) => (v, Signed(point[x])))] });
    }
}
