using AutoDiffAE.Graph;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE;

/// <summary>Identities of the value that change what flows back: of any shape, to the same shape. (The third is <c>StopGradient</c>.)</summary>
public static class GradientFlow
{
    /// <summary>y = x, dx = factor · dy: theano's grad_scale. A negative factor reverses the gradient.</summary>
    public static Expr ScaleGradient(this Expr x, double factor) =>
        CustomOp.Unary("scale_gradient", v => v, (_, _, dy) => dy * factor).Apply(x);

    /// <summary>y = x, dx = min(max(dy, low), high) element by element: theano's grad_clip.</summary>
    /// <exception cref="ArgumentException">low is greater than high.</exception>
    public static Expr ClipGradient(this Expr x, double low, double high) => low <= high
        ? CustomOp.Unary("clip_gradient", v => v, (_, _, dy) => Minimum(Maximum(dy, low), high)).Apply(x)
        : throw new ArgumentException($"no cotangent lies between {low} and {high}");
}
