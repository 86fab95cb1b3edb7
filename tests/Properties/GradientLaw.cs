using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Symbolic gradients against finite differences, of order one and two, along random signed directions.</summary>
public static class GradientLaw
{
    /// <summary>d/dt ⟨seed, y(x + tv)⟩ = ⟨gradient, v⟩.</summary>
    /// <exception cref="LawException">They differ.</exception>
    public static void First(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        var (seed, inputs, wrt) = Prepare(y, draw, given);
        var tape = Tape.Of(y, wrt.Select(i => i.Variable), given.Pullbacks, seed.Variable);
        Compare(y, "gradient", [y], [seed.Value], tape.Results, wrt, inputs, draw, given);
    }

    /// <summary>The same of ⟨gradient, u⟩, as a function of the inputs and of the seed. Where the tape finds no dependence there is none.</summary>
    /// <exception cref="LawException">They differ.</exception>
    public static void Second(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        var (seed, inputs, wrt) = Prepare(y, draw, given);
        var gradients = Gradient.Of([new Seed(y, seed.Variable)], wrt.Select(i => i.Variable),
            GradientOptions.Default with { Pullbacks = given.Pullbacks, Disconnected = Disconnected.Zero });
        List<Input> directions = [.. wrt.Select((x, i) => new Input(Expr.Variable($"u{i}", x.Variable.Shape), Signed(x.Value, draw)))];
        if (directions.Count == 0) return;
        var cost = gradients.Zip(directions, (g, u) => (g * u.Variable).Sum()).Aggregate((a, b) => a + b);
        List<Input> all = [.. wrt, seed];
        var tape = Tape.Of(cost, all.Select(i => i.Variable), given.Pullbacks);
        Compare(y, "second derivative", gradients, [.. directions.Select(u => u.Value)], tape.Results, all, [.. inputs, .. directions], draw, given);
    }

    private static (Input Seed, List<Input> Inputs, List<Input> Wrt) Prepare(Expr y, Draw draw, LawOptions options)
    {
        var value = options.Evaluator.Evaluate([y], [.. draw.Inputs.Select(i => (i.Variable, i.Value))])[0];
        var seed = new Input(Expr.Variable("seed", y.Shape), Signed(value, draw));
        return (seed, [.. draw.Inputs, seed], [.. draw.Inputs.Where(i => i.Varies)]);
    }

    private static Tensor<double> Signed(Tensor<double> like, Draw draw) => draw.Values(like.Sizes.ToArray(), draw.Signed);

    private static void Compare(
        Expr y, string what, IReadOnlyList<Expr> outputs, IReadOnlyList<Tensor<double>> weights,
        IReadOnlyList<Expr?> derivatives, List<Input> wrt, List<Input> inputs, Draw draw, LawOptions options)
    {
        if (wrt.Count == 0) return;
        var values = options.Evaluator.Evaluate([.. derivatives.Select(d => d ?? 0.0)], [.. inputs.Select(i => (i.Variable, i.Value))]);
        var at = options.Evaluator.Prepare(outputs, [.. inputs.Select(i => i.Variable)]);
        var flat = weights.SelectMany(w => w.Span.ToArray()).ToArray();
        foreach (var direction in new[] { draw.Int(0, wrt.Count - 1), -1 })
        {
            // One input alone first, then all together.
            var v = wrt.Select((x, i) => direction < 0 || i == direction ? Signed(x.Value, draw) : null).ToList();
            var derivative = v.Select((d, i) => d is null || derivatives[i] is null ? 0 : Dot(values[i], d)).Sum();
            double[] Along(double t) => [.. at([.. inputs.Select(x =>
                wrt.IndexOf(x) is >= 0 and var i && v[i] is { } d ? Moved(x.Value, d, t) : x.Value)]).SelectMany(r => r.Span.ToArray())];
            var refuted = FiniteDifferences.Refute(derivative, Along, flat);
            if (refuted is { } unsure && options.SkipKinks && Kink.Near(Along, flat, unsure)) options.Skipped?.Invoke();
            else if (refuted is { } estimate)
                throw new LawException($"the {what} along {Names(wrt, v)} is {derivative:R}, by differences {estimate}{Blame(y, what, draw, options)}");
            if (wrt.Count == 1) return;
        }
    }

    private static string Names(List<Input> wrt, List<Tensor<double>?> v) =>
        string.Join(", ", wrt.Where((_, i) => v[i] is not null).Select(x => Printer.Short(x.Variable)));

    /// <summary>What the checker says, which looks at elements and at each rule alone.</summary>
    private static string Blame(Expr y, string what, Draw draw, LawOptions options)
    {
        if (what != "gradient") return "";
        List<Expr> wrt = [.. Tape.Of(y, draw.Inputs.Where(i => i.Varies).Select(i => i.Variable), options.Pullbacks, y) is var tape
            ? tape.Wrt.Where((_, i) => tape.Results[i] is not null) : []];
        try
        {
            var report = GradientCheck.Of(y, wrt, draw.Inputs.Select(i => (i.Variable, i.Value)), options.Pullbacks);
            return report.Passed ? "" : $"\n{report}";
        }
        catch (Exception e)
        {
            return $"\n(the checker fails: {e.Message})";
        }
    }

    public static double Dot(Tensor<double> a, Tensor<double> b)
    {
        if (!a.Sizes.SequenceEqual(b.Sizes)) throw new LawException($"⟨{a.Shape}, {b.Shape}⟩");
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
