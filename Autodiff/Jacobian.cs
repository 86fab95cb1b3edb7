using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE;

/// <summary>All first derivatives of a tensor, as one expression.</summary>
public static class Jacobian
{
    /// <summary>J[i…, j…] = ∂y[i…]/∂x[j…], of y's shape followed by x's: one pullback, taken for each element of y.</summary>
    /// <param name="y">Of a shape without named sizes, since the number of rows must be known.</param>
    /// <param name="x">Any expression that y depends on.</param>
    /// <param name="disconnected">What the rows are when y does not depend on x.</param>
    /// <exception cref="ShapeException">y has a named size.</exception>
    /// <exception cref="DisconnectedException">y does not depend on x, and zeros are not asked for.</exception>
    public static Expr Of(Expr y, Expr x, Disconnected disconnected = Disconnected.Raise)
    {
        if (!y.Shape.IsConcrete)
            throw new ShapeException($"the Jacobian of {Printer.Short(y)} {y.Shape} has a row for each element, and how many there are is not known: give its axes numbers, or use Jvp or Vjp");
        var shape = new Shape([.. y.Shape, .. x.Shape]);
        var u = Expr.Variable("u", y.Shape);
        var pullback = Gradient.Of([new Seed(y, u)], [x], GradientOptions.Default with { Disconnected = disconnected })[0];
        var sizes = y.Shape.Select(d => (int)d.Value!.Value).ToArray();
        var count = sizes.Aggregate(1, (a, b) => a * b);
        return count == 0
            ? ((Expr)0.0).BroadcastTo(shape)
            : Formulas.Stack(Enumerable.Range(0, count).Select(row => At(pullback, u, OneHot(sizes, row)))).Reshape(shape);
    }

    private static Expr At(Expr pullback, Expr u, Tensor<double> seed) =>
        Traversal.Substitute([pullback], new Dictionary<Expr, Expr> { [u] = Expr.Constant(seed) })[0];

    private static Tensor<double> OneHot(int[] sizes, int at) => Tensor<double>.Build(sizes, values => values[at] = 1);
}
