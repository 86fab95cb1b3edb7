using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Nothing overflows on the way to a finite value, to order two.</summary>
public sealed class StabilityTest
{
    private static readonly IEvaluator[] Evaluators = [new Interpreted(), new Compiled<double>(), new Compiled<float>()];

    private static void Gives(Func<Expr, Expr> f, double[] at, double[] value, double[] first, double[] second)
    {
        var x = Expr.Variable("x", at.Length);
        var y = f(x);
        var dy = Gradient.Of(y.Sum(), x);
        Expr[] wanted = [y, dy, Gradient.Of(dy.Sum(), x)];
        foreach (var evaluator in Evaluators)
        {
            var found = evaluator.Evaluate(wanted, [(x, Tensor<double>.Of(at, at.Length))]);
            foreach (var (expected, actual) in new[] { value, first, second }.Zip(found))
                for (var i = 0; i < expected.Length; i++)
                    Assert.True(Math.Abs(expected[i] - actual.Span[i]) <= 1e-6 * Math.Abs(expected[i]), $"{actual.Span[i]:R}, not {expected[i]:R}");
        }
    }

    [Fact]
    public void Sigmoid() => Gives(Formulas.Sigmoid, [-1000, 0, 1000], [0, 0.5, 1], [0, 0.25, 0], [0, 0, 0]);

    [Fact]
    public void Softplus() => Gives(Formulas.Softplus, [-1000, 0, 1000], [0, Math.Log(2), 1000], [0, 0.5, 1], [0, 0.25, 0]);

    [Fact]
    public void Tanh() => Gives(Formulas.Tanh, [-1000, 0, 1000], [-1, 0, 1], [0, 1, 0], [0, 0, 0]);

    [Fact]
    public void Softsign() => Gives(Formulas.Softsign, [-1000, 1000], [-1000 / 1001.0, 1000 / 1001.0], [Math.Pow(1001, -2), Math.Pow(1001, -2)], [2 * Math.Pow(1001, -3), -2 * Math.Pow(1001, -3)]);

    [Fact]
    public void LogSigmoid() => Gives(Formulas.LogSigmoid, [-1000, 0, 1000], [-1000, -Math.Log(2), 0], [1, 0.5, 0], [0, -0.25, 0]);

    [Fact]
    public void LogAddExp() => Gives(x => Formulas.LogAddExp(x, 0), [-1000, 0, 1000], [0, Math.Log(2), 1000], [0, 0.5, 1], [0, 0.25, 0]);

    [Fact]
    public void Units()
    {
        Gives(Formulas.Silu, [-1000, 0, 1000], [0, 0, 1000], [0, 0.5, 1], [0, 0.5, 0]);
        Gives(Formulas.Mish, [-1000, 0, 1000], [0, 0, 1000], [0, 0.6, 1], [0, 0.64, 0]);
        Gives(Formulas.Gelu, [-1000, 0, 1000], [0, 0, 1000], [0, 0.5, 1], [0, 0.7978845608028654, 0]);
        Gives(Formulas.GeluTanh, [-1000, 0, 1000], [0, 0, 1000], [0, 0.5, 1], [0, 0.7978845608028654, 0]);
        Gives(x => x.Elu(), [-1000, 1000], [-1, 1000], [0, 1], [0, 0]);
        Gives(x => x.Celu(), [-1000, 1000], [-1, 1000], [0, 1], [0, 0]);
        Gives(Formulas.Selu, [-1000, 1000], [-1.7580993408473766, 1050.7009873554805], [0, 1.0507009873554805], [0, 0]);
        Gives(Formulas.HardTanh, [-1000, 1000], [-1, 1], [0, 0], [0, 0]);
        Gives(Formulas.HardSigmoid, [-1000, 1000], [0, 1], [0, 0], [0, 0]);
        Gives(Formulas.HardSwish, [-1000, 1000], [0, 1000], [0, 1], [0, 0]);
    }

    [Fact]
    public void Functions_with_limits()
    {
        Gives(Formulas.Erf, [-1000, 0, 1000], [-1, 0, 1], [0, 2 / Math.Sqrt(Math.PI), 0], [0, 0, 0]);
        Gives(Formulas.Erfc, [-1000, 0, 1000], [2, 1, 0], [0, -2 / Math.Sqrt(Math.PI), 0], [0, 0, 0]);
        Gives(Formulas.Atan, [-1000, 0, 1000], [Math.Atan(-1000), 0, Math.Atan(1000)], [1 / 1000001.0, 1, 1 / 1000001.0], [2000 / 1000001.0 / 1000001, 0, -2000 / 1000001.0 / 1000001]);
        Gives(Formulas.Expm1, [-1000, 0], [-1, 0], [0, 1], [0, 1]);
        Gives(Formulas.Exp2, [-1000 * 10, 0], [0, 1], [0, Math.Log(2)], [0, Math.Log(2) * Math.Log(2)]);
        Gives(Formulas.Asinh, [-1000, 0, 1000], [-Math.Asinh(1000), 0, Math.Asinh(1000)], [1 / Math.Sqrt(1000001), 1, 1 / Math.Sqrt(1000001)], [1000 / Math.Pow(1000001, 1.5), 0, -1000 / Math.Pow(1000001, 1.5)]);
        Gives(x => Formulas.Hypot(x, 0), [-1000, 1000], [1000, 1000], [-1, 1], [0, 0]);
        Gives(Formulas.Sinc, [0], [1], [0], [-Math.PI * Math.PI / 3]);
    }

    [Fact]
    public void What_is_not_a_number_stays_so_and_infinities_have_limits()
    {
        const double Inf = double.PositiveInfinity;
        var limits = new (Func<Expr, Expr> F, double Low, double High)[]
        {
            (Formulas.Expm1, -1, Inf), (Formulas.Exp2, 0, Inf), (Formulas.Log2, double.NaN, Inf), (Formulas.Log10, double.NaN, Inf),
            (Formulas.Atan, -Math.PI / 2, Math.PI / 2), (Formulas.Sinh, -Inf, Inf), (Formulas.Cosh, Inf, Inf), (Formulas.Asinh, -Inf, Inf),
            (Formulas.Asin, double.NaN, double.NaN), (Formulas.Acosh, double.NaN, Inf), (Formulas.Atanh, double.NaN, double.NaN),
            (Formulas.Erf, -1, 1), (Formulas.Erfc, 2, 0), (Formulas.Erfinv, double.NaN, double.NaN), (Formulas.LogGamma, Inf, Inf),
            (Formulas.Ceil, -Inf, Inf), (Formulas.Trunc, -Inf, Inf), (Formulas.Round, -Inf, Inf), (Formulas.Silu, 0, Inf), (Formulas.Mish, 0, Inf),
            (Formulas.Gelu, 0, Inf), (Formulas.Softsign, -1, 1), (Formulas.LogSigmoid, -Inf, 0), (x => x.Elu(), -1, Inf), (x => x.Celu(), -1, Inf),
            (x => x.LeakyRelu(), -Inf, Inf), (x => Formulas.Hypot(x, 1), Inf, Inf), (x => Formulas.LogAddExp(x, x), -Inf, Inf),
            (x => x.Clip(-1, 1), -1, 1), (x => x.Pow(2), Inf, Inf), (x => x.Pow(3), -Inf, Inf), (x => x.Pow(-1), 0, 0),
        };
        foreach (var evaluator in Evaluators)
            foreach (var (f, low, high) in limits)
            {
                var x = Expr.Variable("x", 3);
                var y = f(x);
                var found = evaluator.Evaluate([y], [(x, Tensor<double>.Of([double.NaN, -Inf, Inf], 3))])[0];
                foreach (var (expected, actual) in new[] { double.NaN, low, high }.Zip(found.Span.ToArray()))
                    Assert.True(expected.Equals(actual + 0.0) || Math.Abs(expected - actual) < 1e-6, $"{y}: {actual:R}, not {expected:R}");
            }
    }

    [Fact]
    public void Log1p_of_what_is_almost_nothing() => Gives(Formulas.Log1p, [1e-30], [1e-30], [1], [-1]);

    [Fact]
    public void Small_sigmoids_keep_their_relative_accuracy() => Gives(Formulas.Sigmoid, [-40], [4.248354255291589e-18], [4.248354255291589e-18], [4.248354255291589e-18]);

    /// <summary>
    /// What is not finite of the value, the first and the second derivative at -∞, -10⁴, -10³, 10³, 10⁴ and ∞, as the first argument goes there
    /// and the others are ¾ (polygamma's order is 1): a point is finite, + and - are infinities, n is not a number. What is not listed is finite everywhere. sinc is numpy's, which has no limits.
    /// </summary>
    private static readonly Dictionary<string, string> NotFinite = new()
    {
        ["abs"] = "+....+ ...... ......", ["acos"] = "nnnnnn nnnnnn nnnnnn", ["acosh"] = "nnn..+ ...... ......",
        ["add"] = "-....+ ...... ......", ["asin"] = "nnnnnn nnnnnn nnnnnn", ["asinh"] = "-....+ ...... ......",
        ["atanh"] = "nnnnnn ...... ......", ["ceil"] = "-....+ ...... ......", ["celu"] = ".....+ ...... ......",
        ["chain"] = "-....+ ...... ......", ["copysign"] = "+....+ ...... ......", ["cos"] = "n....n n....n n....n",
        ["cosh"] = "++++++ ---+++ ++++++", ["digamma"] = "nnn..+ n++... n--...", ["div"] = "-....+ ...... ......",
        ["elu"] = ".....+ ...... ......", ["erfinv"] = "nnnnnn nnnnnn nnnnnn", ["exp"] = "...+++ ...+++ ...+++",
        ["exp2"] = "....++ ....++ ....++", ["expm1"] = "...+++ ...+++ ...+++", ["floor"] = "-....+ ...... ......",
        ["fmod"] = "n....n ...... ......", ["gelu"] = ".....+ ...... ......", ["gelu_tanh"] = ".....+ ...... ......",
        ["hardswish"] = ".....+ ...... ......", ["hypot"] = "+....+ ...... ......", ["leaky_relu"] = "-....+ ...... ......",
        ["lgamma"] = "+++..+ nnn..+ n++...", ["log"] = "nnn..+ ...... ......", ["log10"] = "nnn..+ ...... ......",
        ["log1p"] = "nnn..+ ...... ......", ["log2"] = "nnn..+ ...... ......", ["logaddexp"] = ".....+ ...... ......",
        ["logsigmoid"] = "-..... ...... ......", ["maximum"] = ".....+ ...... ......", ["minimum"] = "-..... ...... ......",
        ["mish"] = ".....+ ...... ......", ["mul"] = "-....+ ...... ......", ["neg"] = "+....- ...... ......",
        ["polygamma"] = "n++... n--... n++...", ["pow"] = "+nn..+ .nn... .nn...", ["relu"] = ".....+ ...... ......",
        ["remainder"] = "n....n ...... ......", ["round"] = "-....+ ...... ......", ["rsqrt"] = "nnn... nnn... nnn...",
        ["selu"] = ".....+ ...... ......", ["silu"] = ".....+ ...... ......", ["sin"] = "n....n n....n n....n",
        ["sinc"] = "n....n n....n n....n", ["sinc_slope"] = "n....n n....n n....n", ["sinh"] = "---+++ ++++++ ---+++",
        ["softplus"] = ".....+ ...... ......", ["sqrt"] = "nnn..+ nnn... nnn...", ["square"] = "+....+ -....+ ......",
        ["sub"] = "-....+ ...... ......", ["tan"] = "n....n n....n n....n", ["trunc"] = "-....+ ...... ......",
        ["xlogy"] = "+....- ...... ......",
        // 2¹⁰⁰⁰ is a number of double precision.
        ["exp2 in single precision"] = "...+++ ...+++ ...+++",
    };

    public static TheoryData<string> Functions => [.. ScalarSamplers.Functions.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Nothing_overflows_or_loses_its_meaning_where_the_truth_is_finite(string name)
    {
        const double Inf = double.PositiveInfinity;
        double[] at = [-Inf, -1e4, -1000, 1000, 1e4, Inf];
        var f = ScalarSamplers.Functions.Single(f => f.Name == name);
        var x = Expr.Variable("x", at.Length);
        var y = name == "polygamma" ? Formulas.Polygamma(1, x) : Expr.Map(f, [x, .. Enumerable.Repeat((Expr)0.75, f.Arity - 1)]);
        var dy = Gradient.Of(y.Sum(), x);
        Expr[] wanted = [y, dy, Gradient.Of(dy.Sum() + 0 * x.Sum(), x)];
        var truth = Oracle.Evaluate(wanted, [(x, Tensor<double>.Of(at, at.Length))]);
        foreach (var evaluator in Evaluators)
        {
            var found = evaluator.Evaluate(wanted, [(x, Tensor<double>.Of(at, at.Length))]);
            foreach (var (t, v) in truth.SelectMany(v => v.Span.ToArray()).Zip(found.SelectMany(v => v.Span.ToArray())).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second)))
                Assert.Equal(t, v, 1e-6 * Math.Max(1, Math.Abs(t)));
            var signs = string.Join(" ", found.Select(v => string.Concat(v.Span.ToArray().Select(v => double.IsNaN(v) ? 'n' : v == Inf ? '+' : v == -Inf ? '-' : '.'))));
            Assert.Equal(NotFinite.GetValueOrDefault(evaluator is Compiled<float> ? name + " in single precision" : name, NotFinite.GetValueOrDefault(name, "...... ...... ......")), signs);
        }
    }
}
