using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Jacobians, Hessians and their products agree with each other.</summary>
public sealed class SecondOrderTest
{
    [Fact]
    public void A_Hessian_is_symmetric_and_its_product_needs_no_matrix() => Case.ForAll(d =>
    {
        var (rows, columns) = (d.Int(1, 3), d.Int(1, 3));
        var (x, w) = (d.Input([rows, columns]), d.Input([columns, 2]));
        var v = d.Input([rows, columns]);
        var bias = d.Input([2], varies: false);
        var cost = ((x.MatMul(w) + bias).Tanh().Square() * (1 + x.Square().Mean())).Sum() + x.Sum([0]).Sin().Sum();
        var hessian = Hessian.Of(cost, x);
        Assert.Equal(Shape.Of([rows, columns, rows, columns]), hessian.Shape);
        var values = d.Inputs.Select(i => (i.Variable, i.Value)).ToList();
        var found = Oracle.Evaluate([hessian, HessianVectorProduct.Of(cost, x, v)], values);
        var n = rows * columns;
        var (h, hv) = (found[0].Span.ToArray(), found[1].Span.ToArray());
        var scale = h.Select(Math.Abs).Append(1).Max();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) Assert.InRange(h[i * n + j] - h[j * n + i], -1e-12 * scale, 1e-12 * scale);
            var product = Enumerable.Range(0, n).Sum(j => h[i * n + j] * d.Inputs[2].Value.Span[j]);
            Assert.InRange(hv[i] - product, -1e-11 * scale, 1e-11 * scale);
        }
    }, 60);

    [Fact]
    public void A_product_over_several_arguments_has_their_mixed_derivatives()
    {
        var (x, y) = (Expr.Variable("x"), Expr.Variable("y"));
        var hv = HessianVectorProduct.Of(x.Square() * y, [(x, 3.0), (y, 5.0)]);
        var values = Oracle.Evaluate(hv, (x, Tensor<double>.Scalar(2)), (y, Tensor<double>.Scalar(7)));
        Assert.Equal([2 * 7 * 3 + 2 * 2 * 5, 2 * 2 * 3], values.Select(v => v.Value));
    }

    [Fact]
    public void A_Jacobian_has_the_products_as_its_rows_and_columns() => Case.ForAll(d =>
    {
        var (m, k) = (d.Int(1, 3), d.Int(1, 3));
        var x = d.Input([d.Named(), k]);
        var y = x.MatMul(d.Input([k, m])).Softplus().Sum([0]);
        var (u, v) = (d.Input([m]), d.Input([d.Named(), k]));
        var jacobian = Jacobian.Of(y, x);
        var joined = (jacobian * u.Reshape(m, 1, 1)).Sum([0]) - Vjp.Of(y, u, x);
        var applied = (jacobian * v).Sum([1, 2]) - Jvp.Of(y, x, v);
        foreach (var difference in Oracle.Evaluate([joined, applied], d.Inputs.Select(i => (i.Variable, i.Value))))
            Assert.All(difference.Span.ToArray(), e => Assert.InRange(e, -1e-12, 1e-12));
    }, 60);

    [Fact]
    public void They_compile()
    {
        var x = Expr.Variable("x", 3);
        var cost = (x.Exp() * x.Flip(0)).Sum();
        Expr[] wanted = [Jacobian.Of(x.Square(), x), Hessian.Of(cost, x), HessianVectorProduct.Of(cost, x, x.Sin())];
        (Expr, Tensor<double>)[] at = [(x, Tensor<double>.Of([0.5, -1, 2], 3))];
        foreach (var (expected, found) in Oracle.Evaluate(wanted, at).Zip(new Compiled<double>().Evaluate(wanted, at)))
            Assert.Equal(expected.Span.ToArray().Select(e => Math.Round(e, 11)), found.Span.ToArray().Select(e => Math.Round(e, 11)));
    }

    [Fact]
    public void What_cannot_be_counted_or_does_not_depend_is_refused()
    {
        var x = Expr.Variable("x", "n");
        Assert.Contains("(n)", Assert.Throws<ShapeException>(() => Jacobian.Of(x.Square(), x)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Hessian.Of(x.Square().Sum(), x));
        Assert.Throws<DisconnectedException>(() => Jacobian.Of(Expr.Variable("y", 2), x));
        // A scalar has one row whatever the size of x, and a linear cost has a Hessian: 0.
        Assert.Equal(x.Shape, Jacobian.Of(x.Sum(), x).Shape);
        var y = Expr.Variable("y", 2);
        Assert.Equal(new double[4], Oracle.Evaluate(Hessian.Of(y.Sum() * 3, y), (y, Tensor<double>.Full(1, 2))).Span.ToArray());
    }
}
