using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;
using AutoDiffAE.Properties;
using Xunit;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Core;

/// <summary>Zeros of both signs, infinities and NaN: interpreted, and compiled in both precisions at every width of vectors.</summary>
public sealed class SpecialValuesTest
{
    private const double Inf = double.PositiveInfinity;

    private static readonly double[] Values = [0.0, -0.0, 0.25, -0.25, 0.5, -0.5, 1, -1, 1.5, -1.5, 2, -2, 3, -3, 1e6, -1e6, 16777217, -16777217, Inf, -Inf, double.NaN];

    private static IEnumerable<(string Name, IEvaluator Evaluator)> Evaluators =>
        new[] { LaneWidth.Bits128, LaneWidth.Bits256, LaneWidth.Bits512 }
            .SelectMany(w => new (string, IEvaluator)[] { ($"double, {w}", new Compiled<double>(new CpuBackend(1, w))), ($"float, {w}", new Compiled<float>(new CpuBackend(1, w))) })
            .Prepend(("interpreted", new Interpreted()));

    private static readonly double[] Single = [.. Values.Select(v => (double)(float)v)];

    private static void Unary(Func<Expr, Expr> f, Func<double, double> truth, double tolerance = 0) => Holds(x => f(x[0]), Single, null, (a, _) => truth(a), tolerance);

    private static void Binary(Func<Expr, Expr, Expr> f, Func<double, double, double> truth, double tolerance = 0) => Holds(
        x => f(x[0], x[1]), [.. Single.SelectMany(a => Single.Select(_ => a))], [.. Single.SelectMany(_ => Single)], truth, tolerance);

    /// <summary>A zero must have the sign of the true one.</summary>
    private static void Holds(Func<Expr[], Expr> f, double[] a, double[]? b, Func<double, double, double> truth, double tolerance)
    {
        double[][] given = b is null ? [a] : [a, b];
        Expr[] x = [.. given.Select((v, i) => Expr.Variable($"x{i}", v.Length))];
        var y = f(x);
        foreach (var (name, evaluator) in Evaluators)
        {
            var found = evaluator.Evaluate([y], [.. x.Zip(given, (v, values) => (v, Tensor<double>.Of(values, values.Length)))])[0];
            for (var i = 0; i < a.Length; i++)
            {
                var (wanted, actual) = (truth(a[i], b?[i] ?? 0), found.Span[i]);
                if (name.StartsWith("float", StringComparison.Ordinal)) wanted = (float)wanted;
                var same = wanted.Equals(actual) && (wanted != 0 || double.IsNegative(wanted) == double.IsNegative(actual));
                Assert.True(same || wanted != 0 && Math.Abs(wanted - actual) <= tolerance * Math.Abs(wanted), $"{y} of {a[i]:R}, {b?[i]:R}, {name}: {actual:R}, not {wanted:R}");
            }
        }
    }

    [Fact]
    public void Angles_are_those_of_C() => Binary(Atan2, Math.Atan2, 1e-6);

    [Fact]
    public void Powers_are_those_of_C() => Binary(Formulas.Pow, Math.Pow, 1e-6);

    [Fact]
    public void Remainders_are_exact_and_have_the_sign_of_the_divisor()
    {
        Binary(Fmod, (a, b) => a % b);
        Binary(Remainder, Python);
        Holds(x => Remainder(x[0], x[1]), Large, Divisors, Python, 0);
        Holds(x => Fmod(x[0], x[1]), Large, Divisors, (a, b) => a % b, 0);
        Assert.Equal(1e20 % 3, Oracle.Evaluate(Remainder(1e20, 3)).Span[0]);
    }

    // Each is a number of single precision.
    private static readonly double[] Large = [(float)1e20, (float)-1e20, (float)1e30, 4194303, 4194305, -12582915, 1 << 24, (float)1e-30, (float)7.3, (float)1e38];
    private static readonly double[] Divisors = [3, 7, (float)-0.1, 1, (float)0.7, 3, (float)0.3, (float)3.1e-38, (float)7.3, (float)1e-30];

    private static double Python(double a, double b)
    {
        var r = a % b;
        return r == 0 ? Math.CopySign(0, b) : r < 0 != b < 0 ? (double.IsNaN(r) ? r : r + b) : r;
    }

    [Fact]
    public void Roundings_keep_the_sign_of_what_they_round()
    {
        Unary(Formulas.Round, Math.Round);
        Unary(Formulas.Trunc, Math.Truncate);
        Unary(Formulas.Floor, Math.Floor);
        Unary(Formulas.Ceil, Math.Ceiling);
    }

    [Fact]
    public void A_sign_is_0_of_both_zeros_and_not_a_number_of_what_is_none() => Unary(Formulas.Sign, x => double.IsNaN(x) ? x : x > 0 ? 1 : x < 0 ? -1 : 0);

    [Fact]
    public void The_positive_zero_is_the_larger()
    {
        Binary(Maximum, Math.Max);
        Binary(Minimum, Math.Min);
        Unary(Formulas.Relu, x => Math.Max(x, 0));
    }

    [Fact]
    public void Signs_are_copied_and_numbers_told_from_what_is_none()
    {
        Binary((a, b) => CopySign(a, b), (a, b) => double.IsNaN(b) ? Math.Abs(a) * (double.IsNegative(b) ? -1 : 1) : Math.CopySign(a, b));
        Unary(x => x.IsNaN(), x => double.IsNaN(x) ? 1 : 0);
        Unary(x => x.LogicalNot(), x => x == 0 ? 1 : 0);
        Binary(LogicalAnd, (a, b) => a != 0 && b != 0 ? 1 : 0);
        Binary(LogicalOr, (a, b) => a != 0 || b != 0 ? 1 : 0);
    }

    [Fact]
    public void Odd_functions_have_a_zero_of_the_sign_of_their_argument_and_are_odd()
    {
        ScalarFunction[] odd = [.. ScalarSamplers.Functions.Where(f => f.Arity == 1 && Odd.Contains(f.Name))];
        Assert.Equal(Odd.Length, odd.Length);
        foreach (var f in odd)
        {
            Unary(x => Expr.Map(f, x), x => f.Apply([(Real)x]).Value, 1e-5);
            foreach (var x in Values.Where(x => !double.IsNaN(f.Apply([(Real)x]).Value)))
                Assert.Equal(BitConverter.DoubleToInt64Bits(-f.Apply([(Real)x]).Value), BitConverter.DoubleToInt64Bits(f.Apply([(Real)(-x)]).Value));
        }
    }

    private static readonly string[] Odd =
        ["neg", "sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf", "erfinv", "softsign", "trunc", "round", "hardtanh"];

    [Fact]
    public void The_gamma_functions_have_scipys_poles()
    {
        double[] poles = [0.0, -0.0, -1, -2, -30];
        void At(Func<Expr, Expr> f, params double[] values) => Holds(x => f(x[0]), poles, null, (a, _) => values[Array.FindIndex(poles, p => p.Equals(a) && double.IsNegative(p) == double.IsNegative(a))], 0);
        At(Formulas.LogGamma, Inf, Inf, Inf, Inf, Inf);
        At(Formulas.Digamma, -Inf, Inf, double.NaN, double.NaN, double.NaN);
        At(x => Polygamma(1, x), Inf, Inf, Inf, Inf, Inf);
        At(x => Polygamma(2, x), -Inf, -Inf, -Inf, -Inf, -Inf);
    }
}
