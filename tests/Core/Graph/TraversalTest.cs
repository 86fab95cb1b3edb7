using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

public sealed class TraversalTest
{
    private static Expr Chain(Expr x, int length)
    {
        for (var i = 0; i < length; i++) x = Expr.Of(new Op.Map(Scalars.ScalarFunction.Unary<Scalars.Sin>()), [x], Origin.Unknown);
        return x;
    }

    [Fact]
    public void A_chain_of_100000_nodes_needs_no_stack()
    {
        var x = Expr.Variable("x");
        var y = Chain(x, 100_000);
        Assert.Equal(100_001, Traversal.Topological([y]).Length);
        Assert.Equal([x], Traversal.Variables([y]));
        var z = Expr.Variable("z");
        var moved = Traversal.Substitute([y], new Dictionary<Expr, Expr>(ReferenceEqualityComparer.Instance) { [x] = z })[0];
        Assert.Equal([z], Traversal.Variables([moved]));
        Assert.InRange(Oracle.Evaluate(moved, (z, Tensor<double>.Scalar(1))).Value, 0, 0.01);
    }

    [Fact]
    public void A_long_chain_is_differentiated_and_compiled()
    {
        var x = Expr.Variable("x");
        var y = Chain(x, 3_000);
        Assert.Equal(3_000, Tape.Of(y, [x]).Steps.Length);
        Expr[] wanted = [y, Gradient.Of(y, x)];
        var at = (x, Tensor<double>.Scalar(1));
        var (expected, found) = (Oracle.Evaluate(wanted, at), new Compiled<double>().Evaluate(wanted, [at]));
        Assert.All(expected.Zip(found), p => Assert.Equal(p.First.Value, p.Second.Value, 1e-12));
    }

    [Fact]
    public void Shared_nodes_are_met_once()
    {
        var x = Expr.Variable("x");
        var y = x;
        for (var i = 0; i < 200; i++) y += y;
        Assert.Equal(201, Traversal.Topological([y, x]).Length);
        Assert.Equal(Math.Pow(2, 200), Oracle.Evaluate(Gradient.Of(y, x)).Value);
    }
}
