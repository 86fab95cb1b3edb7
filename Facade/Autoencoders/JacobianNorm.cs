using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Autoencoders;

/// <summary>How much a code moves with its input.</summary>
public static class JacobianNorm
{
    /// <summary>
    /// ‖∂code/∂x‖², the sum over all its elements, the mean over the examples. A product with one random sign for each unit, Jᵀu, has its square in the mean:
    /// E ‖Jᵀu‖² = ‖J‖² (M. Hutchinson, 1990). So it costs one backward pass, and its gradient is a gradient of a gradient.
    /// </summary>
    /// <param name="code">(n, units), a function of x for each example by itself.</param>
    /// <param name="x">(n, …)</param>
    /// <param name="key">Of the signs.</param>
    /// <param name="step">A whole number that counts: other signs for another.</param>
    public static Expr Of(Expr code, Expr x, Key key, Expr step)
    {
        var signs = 2 * Expr.GreaterOrEqual(Formulas.Uniform(key, code.Shape, step), 0.5) - 1;
        return Gradient.Of((code * signs).Sum(), x).Flatten().Square().Sum([1]).Mean();
    }
}
