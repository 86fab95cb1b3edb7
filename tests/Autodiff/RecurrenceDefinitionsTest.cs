using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Recurrences and products, value by value: interpreted, and compiled in both precisions.</summary>
public sealed class RecurrenceDefinitionsTest
{
    private static readonly IEvaluator[] Evaluators = [new Interpreted(), new Compiled<double>(), new Compiled<float>()];

    private static readonly Dictionary<string, (double[] Values, string[] Axes)> Arrays = new()
    {
        ["x"] = ([1, 2, 3, 4, 5, 6], ["n", "m"]),
        ["v"] = ([2, 0, 3, 3, -1], ["k"]),
        ["w"] = ([1, double.NaN, 2], ["m"]),
    };

    [Theory]
    [InlineData("cumsum(x, axis=1)", "1 3 6 4 9 15")]
    [InlineData("cumsum(x, axis=-2)", "1 2 3 5 7 9")]
    [InlineData("cumsum(x)", "1 3 6 10 15 21")]
    [InlineData("cumprod(v, axis=0)", "2 0 0 0 0")]
    [InlineData("cumprod(x, axis=0)", "1 2 3 4 10 18")]
    [InlineData("cummax(v, axis=0)", "2 2 3 3 3")]
    [InlineData("cummin(v, axis=0)", "2 0 0 0 -1")]
    [InlineData("cummax(w)", "1 NaN NaN")]
    [InlineData("cummin(w)", "1 NaN NaN")]
    [InlineData("cumulate(constant((inf, 2, 3)), constant((1, 2, 3)), axis=0)", "1 4 15")]
    [InlineData("cumulate(constant((2, 3, inf)), constant((1, 2, 3)), axis=0, reverse=true)", "23 11 3")]
    [InlineData("cumulate(0.5, constant((8, 0, 0)), axis=0)", "8 4 2")]
    [InlineData("prod(x)", "720")]
    [InlineData("prod(x, axis=1, keepdims=true)", "6 120")]
    [InlineData("prod(x[:, 3:3], axis=1)", "1 1")]
    [InlineData("product_of_others(v)", "0 -18 0 0 0")]
    [InlineData("product_of_others(x, axis=1)", "6 3 2 30 24 20")]
    [InlineData("any(v)", "1")]
    [InlineData("any(w == 7)", "0")]
    [InlineData("any(w)", "1")]
    [InlineData("all(v)", "0")]
    [InlineData("all(w)", "1")]
    [InlineData("all(x, axis=0)", "1 1 1")]
    [InlineData("any(x[:, 3:3], axis=1)", "0 0")]
    [InlineData("all(x[:, 3:3], axis=1)", "1 1")]
    [InlineData("count_nonzero(v)", "4")]
    [InlineData("count_nonzero(x > 2, axis=1)", "1 3")]
    [InlineData("logcumsumexp(constant((-inf, -inf, 3, inf, 2)))", "-∞ -∞ 3 ∞ ∞")]
    [InlineData("logcumsumexp(constant((-1000, 1000, -1000, nan, 0)))", "-1000 1000 1000 NaN NaN")]
    public void Values(string text, string wanted)
    {
        double[] values = [.. wanted.Split(' ').Select(v => v switch { "∞" => double.PositiveInfinity, "-∞" => double.NegativeInfinity, _ => double.Parse(v, CultureInfo.InvariantCulture) })];
        var sizes = new Dictionary<string, int> { ["n"] = 2, ["m"] = 3, ["k"] = 5 };
        var variables = Arrays.ToDictionary(a => a.Key, a => Expr.Variable(a.Key, new Shape([.. a.Value.Axes.Select(Dim.Named)])));
        var e = Parser.Parse(text, variables);
        foreach (var evaluator in Evaluators)
            Assert.Equal(values, evaluator.Evaluate([e], [.. Arrays.Select(a => (variables[a.Key], Tensor<double>.Of(a.Value.Values, [.. a.Value.Axes.Select(x => sizes[x])])))])[0].Span.ToArray());
    }

    [Fact]
    public void A_product_has_its_derivatives_where_it_has_zeros()
    {
        var x = Expr.Variable("x", 4);
        var first = Gradient.Of(x.Prod(), x);
        // ∂²/∂x₀∂xⱼ = the product of the two others.
        var second = Gradient.Of(first.Slice(0, new(0, 1)).Sum(), x);
        foreach (var evaluator in Evaluators)
        {
            double[][] At(params double[] at) => [.. evaluator.Evaluate([first, second], [(x, Tensor<double>.Of(at, 4))]).Select(t => t.Span.ToArray().Select(v => v + 0.0).ToArray())];
            Assert.Equal([[-30, 0, 0, 0], [0, -15, -10, 6]], At(0, 2, 3, -5));
            Assert.Equal([[0, 0, 0, 0], [0, 12, 0, 0]], At(0, 0, 3, 4));
            Assert.Equal([[0, 0, 0, 0], [0, 0, 0, 0]], At(0, 0, 0, 4));
            Assert.Equal([[24, 12, 8, 6], [0, 12, 8, 6]], At(1, 2, 3, 4));
        }
    }

    [Fact]
    public void The_running_logarithm_of_sums_keeps_its_places()
    {
        double[][] points = [[double.NegativeInfinity, -1000, 1000, -5, 999.5], [0.5, -0.25, 3, 2, -800], [double.NegativeInfinity, double.NegativeInfinity, -3, -2, double.NegativeInfinity], [1000, 999, 998, 1000, 1000], [-1000, -1001, -999, -1000, -1002]];
        double[] w = [1, -2, 3, 0.5, 1.5], u = [1, 3, -2, 0.5, 2];
        var x = Expr.Variable("x", 5);
        var y = x.LogCumSumExp(0);
        var dx = Gradient.Of((y * Expr.Constant(Tensor<double>.Of(w, 5))).Sum(), x);
        var ddx = Gradient.Of((dx * Expr.Constant(Tensor<double>.Of(u, 5))).Sum(), x);
        foreach (var evaluator in Evaluators)
            foreach (var at in points)
            {
                // pₖⱼ = e^(xⱼ - yₖ) are the weights of a softmax over the first k + 1 elements.
                double[] value = [.. at.Select((_, k) => at[..(k + 1)].Max() is var m && double.IsInfinity(m) ? m : m + Math.Log(at[..(k + 1)].Sum(e => Math.Exp(e - m))))];
                double P(int k, int j) => j > k || double.IsNegativeInfinity(at[j]) ? 0 : Math.Exp(at[j] - value[k]);
                double[] first = [.. at.Select((_, j) => Enumerable.Range(0, 5).Sum(k => w[k] * P(k, j)))];
                double[] second = [.. at.Select((_, j) => Enumerable.Range(0, 5).Sum(k => w[k] * P(k, j) * (u[j] - Enumerable.Range(0, 5).Sum(i => u[i] * P(k, i)))))];
                var found = evaluator.Evaluate([y, dx, ddx], [(x, Tensor<double>.Of(at, 5))]);
                var tolerance = evaluator is Compiled<float> ? 1e-4 : 1e-12;
                foreach (var (wanted, actual) in new[] { value, first, second }.Zip(found))
                    for (var j = 0; j < 5; j++)
                        Assert.True(wanted[j].Equals(actual.Span[j]) || Math.Abs(wanted[j] - actual.Span[j]) <= tolerance * (1 + Math.Abs(wanted[j])),
                            $"{actual.Span[j]:R}, not {wanted[j]:R}, at {string.Join(", ", at)} by {evaluator}");
            }
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_would()
    {
        var x = Expr.Variable("x", "n", 3);
        static void Refused(string part, Func<Expr> build) => Assert.Contains(part, Assert.Throws<ShapeException>(build).Message, StringComparison.Ordinal);
        Refused("axis 2 does not exist", () => x.CumSum(2));
        Refused("factors and terms do not broadcast", () => Formulas.Cumulate(x, Expr.Variable("b", 2), 0));
        Refused("must have one shape", () => Expr.Of(new Op.Cumulate(0, false), x, Expr.Variable("b", 3)));
        Refused("no axis 2", () => Expr.Of(new Op.RunningMaximum(2), x));
        Refused("axis 5 does not exist", () => x.Prod([5]));
    }

    /// <summary>Lengths that are quotients may be 0 for all that is known.</summary>
    [Fact]
    public void Along_any_length_there_are_gradients()
    {
        var (x, b) = (Expr.Variable("x", Dim.FloorDivide("n", 2)), Expr.Variable("b", "n"));
        foreach (var f in (Func<Expr, Expr>[])[e => e.CumSum(0), e => e.CumProd(0), e => e.CumMax(0), e => e.CumMin(0), e => e.LogCumSumExp(0), e => e.Prod(), e => e.Sort(), e => e.TakeAlong(e.ArgSort(), 0)])
        {
            var y = f(x);
            var g = Gradient.Of(y.Sum(), x);
            foreach (var n in (int[])[1, 7])
            {
                (Expr, Tensor<double>)[] at = [(x, Tensor<double>.Of(Enumerable.Range(1, n / 2).Select(k => 0.5 * k), n / 2)), (b, Tensor<double>.Full(0, n))];
                foreach (var (wanted, found) in Evaluators[0].Evaluate([y, g], at).Zip(Evaluators[1].Evaluate([y, g], at)))
                    Assert.All(wanted.Span.ToArray().Zip(found.Span.ToArray()), p => Assert.Equal(p.First, p.Second, 12));
            }
        }
    }
}
