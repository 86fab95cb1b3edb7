using AutoDiffAE.Graph;
using AutoDiffAE.Reading;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

public sealed class SecondDerivationTest
{
    [Fact]
    public void Of_one_number_it_is_the_second_derivative()
    {
        var x = Expr.Variable("x");
        var second = SecondDerivation.Of(x.Pow(3), x);
        Assert.Equal("6 * x", Derivation.Of(second.Cost, second.Wrt).Gradients.Single().Formula);
        Assert.Contains("second derivative", second.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_arrays_it_is_the_Hessian_times_a_direction()
    {
        var (x, y) = (Expr.Variable("x", 3), Expr.Variable("y", 3));
        var cost = (x * x * y).Sum() + x.Exp().Sum();
        var second = SecondDerivation.Of(cost, x, y);
        var derived = Derivation.Of(second.Cost, second.Wrt);
        var directions = Traversal.Variables([second.Cost]).Where(v => Printer.Short(v).StartsWith("v_", StringComparison.Ordinal)).ToList();
        Assert.Equal(["v_x", "v_y"], directions.Select(Printer.Short));
        var values = new[] { x, y, directions[0], directions[1] }.Select((v, i) => (v, Tensor<double>.Of([0.5 + i, -0.25 * i, 1.5], [3]))).ToList();
        var expected = Oracle.Evaluate(HessianVectorProduct.Of(cost, [(x, directions[0]), (y, directions[1])]), values);
        foreach (var (gradient, hvp) in derived.Gradients.Zip(expected))
            Assert.Null(Golden.GoldenTest.Fault(Oracle.Evaluate(gradient.Simplified, values), hvp, 1e-12, 10));
    }

    [Fact]
    public void A_derivation_stops_at_named_values()
    {
        var (x, w) = (Expr.Variable("x", "n", 3), Expr.Variable("w", 3, 4));
        var h = x.MatMul(w).Tanh().Named("h");
        var stopped = StoppedAt.Of((h * h).Sum(), ["h"]);
        Assert.Equal("h is taken as a variable: the derivation does not go behind it", stopped.Remark);
        Assert.Equal(["h"], Traversal.Variables([stopped.Cost]).Select(Printer.Short));
        Assert.Equal("2 * h", Derivation.Of(stopped.Cost, stopped.Stops).Gradients.Single().Formula);
        Assert.Equal("no value is called q; there are p1, h, h1", Assert.Throws<ArgumentException>(() => StoppedAt.Of((h * h).Sum(), ["q"])).Message);
    }
}
