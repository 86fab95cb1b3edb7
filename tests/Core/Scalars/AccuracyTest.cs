using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;
using Xunit.Abstractions;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Core;

/// <summary>
/// Compiled values against the truth over dense sweeps, in units of the last place. The truth is the system's where it has the function,
/// else the formula itself in double precision, which the golden cases and the identities below hold to.
/// </summary>
public sealed class AccuracyTest(ITestOutputHelper log)
{
    private const int Points = 20001;

    private sealed record Sweep(Func<Expr, Expr> Function, double Low, double High, Func<double, double>? Truth = null, double Single = 4, double Double = 4);

    private static readonly Dictionary<string, Sweep> Sweeps = new()
    {
        ["rsqrt"] = new(Formulas.Rsqrt, 1e-3, 1000, x => 1 / Math.Sqrt(x)),
        ["exp2"] = new(Formulas.Exp2, -120, 120, x => Math.Pow(2, x)),
        ["expm1"] = new(Formulas.Expm1, -20, 80),
        ["expm1 near 0"] = new(Formulas.Expm1, -0.6, 0.6),
        ["log1p"] = new(Formulas.Log1p, -0.9, 20),
        ["log2"] = new(Formulas.Log2, 1e-3, 1000, Math.Log2),
        ["log10"] = new(Formulas.Log10, 1e-3, 1000, Math.Log10),
        ["tan"] = new(Formulas.Tan, -1.5, 1.5, Math.Tan),
        ["asin"] = new(Formulas.Asin, -1, 1, Math.Asin),
        ["acos"] = new(Formulas.Acos, -1, 1, Math.Acos),
        ["atan"] = new(Formulas.Atan, -30, 30, Math.Atan),
        ["atan2, above"] = new(x => Atan2(x, 0.75), -30, 30, x => Math.Atan2(x, 0.75)),
        ["atan2, behind"] = new(x => Atan2(x, -0.75), -3, 3, x => Math.Atan2(x, -0.75)),
        ["sinh"] = new(Formulas.Sinh, -85, 85, Math.Sinh),
        ["sinh near 0"] = new(Formulas.Sinh, -2, 2, Math.Sinh),
        ["cosh"] = new(Formulas.Cosh, -85, 85, Math.Cosh),
        ["tanh"] = new(Formulas.Tanh, -9, 9, Math.Tanh),
        ["asinh"] = new(Formulas.Asinh, -30, 30, Math.Asinh),
        ["acosh"] = new(Formulas.Acosh, 1.001, 30, Math.Acosh),
        ["atanh"] = new(Formulas.Atanh, -0.999, 0.999, Math.Atanh),
        ["hypot"] = new(x => Hypot(x, 0.75), -5, 5, x => double.Hypot(x, 0.75)),
        ["square root by pow"] = new(x => x.Pow(0.5), 1e-3, 1000, Math.Sqrt),
        ["tenth power"] = new(x => x.Pow(10), -1000, 1000, x => Math.Pow(x, 10)),
        ["pow near 1"] = new(x => x.Pow(1000), 0.93, 1.07, x => Math.Pow(x, 1000), Double: 8),
        ["pow of any exponent"] = new(x => Formulas.Pow(3.5, x), -60, 60, x => Math.Pow(3.5, x), Double: 8),
        ["erf"] = new(Formulas.Erf, -5, 5),
        // The tails are a power times a quotient of two polynomials of degree eight, each rounded at every step.
        ["erfc"] = new(Formulas.Erfc, -3, 9, Single: 8),
        ["erfinv"] = new(Formulas.Erfinv, -0.9999, 0.9999),
        ["lgamma"] = new(Formulas.LogGamma, 0.01, 40),
        ["lgamma near its zeros"] = new(Formulas.LogGamma, 0.9, 2.1),
        ["digamma"] = new(Formulas.Digamma, 0.01, 40),
        ["sinc"] = new(Formulas.Sinc, -0.9, 0.9),
        ["gelu"] = new(Formulas.Gelu, -12, 12, Single: 8),
        ["silu"] = new(Formulas.Silu, -80, 80),
        ["mish"] = new(Formulas.Mish, -80, 80),
        ["elu"] = new(x => x.Elu(), -20, 20),
        ["celu"] = new(x => x.Celu(), -20, 20),
        ["selu"] = new(Formulas.Selu, -20, 20),
        ["softsign"] = new(Formulas.Softsign, -100, 100),
        ["logsigmoid"] = new(Formulas.LogSigmoid, -80, 80),
        ["logaddexp"] = new(x => LogAddExp(x, 3), -30, 30),
        ["xlogy"] = new(x => Xlogy(2, x), 1e-3, 1000),
    };

    public static TheoryData<string> Names => [.. Sweeps.Keys];

    public static TheoryData<string> Known => [.. Sweeps.Where(s => s.Value.Truth is not null).Select(s => s.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_precision_is_within_4_units_of_the_last_place(string name)
    {
        var sweep = Sweeps[name];
        var (at, found, interpreted) = Values(sweep, new Compiled<float>());
        Worst(name, at, found, i => sweep.Truth?.Invoke(at[i]) ?? interpreted[i], v => MathF.BitIncrement((float)v) - (float)v, sweep.Single);
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Double_precision_is_what_the_system_has(string name)
    {
        var sweep = Sweeps[name];
        var (at, found, _) = Values(sweep, new Compiled<double>());
        Worst(name, at, found, i => sweep.Truth!(at[i]), v => Math.BitIncrement(v) - v, sweep.Double);
    }

    private static (double[] At, double[] Found, double[] Interpreted) Values(Sweep sweep, IEvaluator evaluator)
    {
        double[] at = [.. Enumerable.Range(0, Points).Select(i => (double)(float)(sweep.Low + (sweep.High - sweep.Low) * i / (Points - 1)))];
        var x = Expr.Variable("x", at.Length);
        Expr[] y = [sweep.Function(x)];
        (Expr, Tensor<double>)[] given = [(x, Tensor<double>.Of(at, at.Length))];
        return (at, evaluator.Evaluate(y, given)[0].Span.ToArray(), Oracle.Evaluate(y, given)[0].Span.ToArray());
    }

    private void Worst(string name, double[] at, double[] found, Func<int, double> truth, Func<double, double> unit, double allowed)
    {
        var (i, error) = Enumerable.Range(0, at.Length).Select(i => (i, Error: Math.Abs(found[i] - truth(i)) / unit(Math.Abs(truth(i))))).MaxBy(p => double.IsNaN(p.Error) ? double.PositiveInfinity : p.Error);
        var message = $"{name}: {error:F2} units at {at[i]:R}, {found[i]:R} for {truth(i):R}";
        log.WriteLine(message);
        Assert.True(error <= allowed, message);
    }

    [Theory]
    [InlineData(0.5, 0.4769362762044699, 0.5204998778130465)]
    [InlineData(0.9, 1.1630871536766743, 0.7969082124228322)]
    public void The_error_function_and_its_inverse_have_their_tabled_values(double x, double inverse, double error) =>
        Are([Formulas.Erfinv(x), Formulas.Erf(x), Formulas.Erfc(x)], [inverse, error, 1 - error]);

    [Fact]
    public void The_gamma_functions_have_their_tabled_values() => Are(
        [Formulas.LogGamma(0.5), Formulas.LogGamma(10), Formulas.LogGamma(100), Formulas.LogGamma(-0.5), Formulas.Digamma(1), Formulas.Digamma(0.5), Formulas.Digamma(10), Polygamma(1, 1), Polygamma(2, 1), Polygamma(1, 0.5)],
        [0.5723649429247001, Math.Log(362880), 359.1342053695754, 1.2655121234846454, -0.5772156649015329, -1.9635100260214235, 2.251752589066721,
            Math.PI * Math.PI / 6, -2.4041138063191886, Math.PI * Math.PI / 2]);

    private static void Are(Expr[] values, double[] expected)
    {
        foreach (var (value, wanted) in Oracle.Evaluate(values, []).Zip(expected))
            Assert.Equal(wanted, value.Span[0], Math.Abs(wanted) * 1e-14);
    }
}
