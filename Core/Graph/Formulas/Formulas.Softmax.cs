using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

// All are shifted by the maximum of their row, which changes no value and keeps every exponent at most 0. The shift is a constant to
// the gradient, since the value does not depend on it.
public static partial class Formulas
{
    /// <summary>eˣ / Σ eˣ along an axis; dx = y (dy - Σ dy y). An element -∞ gives 0; a row that is -∞ throughout, or that holds ∞, is NaN.</summary>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public static Expr Softmax(this Expr x, int axis = -1)
    {
        int[] along = [x.Shape.Axis(axis)];
        return Definition.Apply("softmax", [x],
            p =>
            {
                var e = BelowMaximum(p[0], along).Exp();
                return e / e.Sum(along, keepDims: true);
            },
            (_, y, dy) => [y * (dy - (dy * y).Sum(along, keepDims: true))],
            $"axis={along[0]}");
    }

    /// <summary>x - ln Σ eˣ along an axis; dx = dy - softmax(x) Σ dy.</summary>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public static Expr LogSoftmax(this Expr x, int axis = -1)
    {
        int[] along = [x.Shape.Axis(axis)];
        return Definition.Apply("log_softmax", [x],
            p =>
            {
                var shifted = BelowMaximum(p[0], along);
                return shifted - shifted.Exp().Sum(along, keepDims: true).Log();
            },
            (p, _, dy) => [dy - p[0].Softmax(along[0]) * dy.Sum(along, keepDims: true)],
            $"axis={along[0]}");
    }

    /// <summary>softmax(-x)</summary>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public static Expr Softmin(this Expr x, int axis = -1) =>
        Definition.Apply("softmin", [x], p => Softmax(-p[0], axis), $"axis={x.Shape.Axis(axis)}");

    /// <summary>ln Σ eˣ over axes (all when none are given): -∞ of elements that are all -∞, ∞ where one is ∞, as scipy has it.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr LogSumExp(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false) =>
        Definition.Apply("logsumexp", [x], p =>
        {
            var greatest = p[0].Max(axes, keepDims: true);
            var shift = Where(Expr.Greater(double.PositiveInfinity, greatest.Abs()), greatest, 0).StopGradient();
            var y = shift + (p[0] - shift).Exp().Sum(axes, keepDims: true).Log();
            return keepDims ? y : y.Reshape(x.Shape.Without(Axes.Normalized(x.Shape, axes)));
        }, Spelled(x, axes, keepDims));

    /// <summary>a σ(b), a and b being the halves of x along an axis.</summary>
    /// <exception cref="ShapeException">The axis does not exist, or its length is not even.</exception>
    public static Expr Glu(this Expr x, int axis = -1)
    {
        var at = x.Shape.Axis(axis);
        var half = Dim.Divide(x.Shape[at], 2) ?? throw Refusal.Of("glu", [x], $"the length {x.Shape[at]} of axis {at} is not even", Origin.Here());
        return Definition.Apply("glu", [x], p => p[0].Slice(at, new(0, half)) * p[0].Slice(at, new(half, half)).Sigmoid(), $"axis={at}");
    }

    private static Expr BelowMaximum(Expr x, int[] along) => x - x.Max(along, keepDims: true).StopGradient();
}
