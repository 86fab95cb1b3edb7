using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Symbolic gradients against finite differences, of order one and two, along random signed directions.</summary>
public static class GradientLaw
{
    /// <summary>d/dt ⟨seed, y(x + tv)⟩ = ⟨gradient, v⟩.</summary>
    public static void First(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        var (seed, inputs, wrt) = Prepare(y, draw, given);
        var gradients = Gradient.Of(y, wrt.Select(i => i.Variable), seed.Variable, given.Pullbacks);
        Compare("gradient", y, [y], [seed.Value], gradients, wrt, inputs, draw, given);
    }

    /// <summary>The same of ⟨gradient, u⟩, as a function of the inputs and of the seed. Where the tape finds no dependence there is none.</summary>
    public static void Second(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        var (seed, inputs, wrt) = Prepare(y, draw, given);
        var gradients = Gradient.Of(y, wrt.Select(i => i.Variable), seed.Variable, given.Pullbacks);
        List<Input> directions = [.. wrt.Select((x, i) => new Input(Expr.Variable($"u{i}", x.Variable.Shape), Signed(x.Value.Sizes.ToArray(), draw)))];
        var cost = gradients.Zip(directions, (g, u) => (g * u.Variable).Sum()).Aggregate((a, b) => a + b);
        List<Input> all = [.. wrt, seed];
        var tape = Tape.Of(cost, all.Select(i => i.Variable), given.Pullbacks);
        Compare("second derivative", y, gradients, [.. directions.Select(u => u.Value)], tape.Results, all, [.. inputs, .. directions], draw, given);
    }

    private static (Input Seed, List<Input> Inputs, List<Input> Wrt) Prepare(Expr y, Draw draw, LawOptions options)
    {
        var value = options.Evaluator.Evaluate([y], [.. draw.Inputs.Select(i => (i.Variable, i.Value))])[0];
        var seed = new Input(Expr.Variable("seed", y.Shape), Signed(value.Sizes.ToArray(), draw));
        return (seed, [.. draw.Inputs, seed], [.. draw.Inputs.Where(i => i.Varies)]);
    }

    private static Tensor<double> Signed(int[] sizes, Draw draw) => draw.Values(sizes, draw.Signed);

    private static void Compare(
        string what, Expr y, IReadOnlyList<Expr> outputs, IReadOnlyList<Tensor<double>> weights,
        IReadOnlyList<Expr?> derivatives, List<Input> wrt, List<Input> inputs, Draw draw, LawOptions options)
    {
        var values = options.Evaluator.Evaluate([.. derivatives.Select(d => d ?? 0.0)], [.. inputs.Select(i => (i.Variable, i.Value))]);
        var at = options.Evaluator.Prepare(outputs, [.. inputs.Select(i => i.Variable)]);
        var flat = weights.SelectMany(w => w.Span.ToArray()).ToArray();
        foreach (var direction in new[] { draw.Int(0, wrt.Count - 1), -1 })
        {
            // One input alone first, then all together.
            var v = wrt.Select((x, i) => direction < 0 || i == direction ? Signed(x.Value.Sizes.ToArray(), draw) : null).ToList();
            var derivative = v.Select((d, i) => d is null || derivatives[i] is null ? 0 : Dot(values[i], d)).Sum();
            double[] Along(double t) => [.. at([.. inputs.Select(x =>
                wrt.IndexOf(x) is >= 0 and var i && v[i] is { } d ? Moved(x.Value, d, t) : x.Value)]).SelectMany(r => r.Span.ToArray())];
            if (FiniteDifferences.Refute(derivative, Along, flat) is { } estimate)
                throw new InvalidOperationException(
                    $"the {what} of {y} is {derivative:R}, by differences {estimate.Value:R} ± {estimate.Error:R}; {draw}; derivatives {string.Join(" and ", derivatives.Select(d => d?.ToString() ?? "none"))}");
            if (wrt.Count == 1) return;
        }
    }

    public static double Dot(Tensor<double> a, Tensor<double> b)
    {
        if (!a.Sizes.SequenceEqual(b.Sizes)) throw new InvalidOperationException($"⟨{a.Shape}, {b.Shape}⟩");
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a.Span[i] * b.Span[i];
        return sum;
    }

    private static Tensor<double> Moved(Tensor<double> x, Tensor<double> direction, double t) =>
        Tensor<double>.Build(x.Sizes, values =>
        {
            for (var i = 0; i < values.Length; i++) values[i] = x.Span[i] + t * direction.Span[i];
        });
}
