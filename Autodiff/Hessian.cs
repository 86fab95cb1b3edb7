using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>All second derivatives of a cost, as one expression.</summary>
public static class Hessian
{
    /// <summary>H[i…, j…] = ∂²cost/∂x[i…]∂x[j…], of x's shape twice; zeros where the gradient is constant.</summary>
    /// <exception cref="Shapes.ShapeException">The cost is no scalar, or x has a named size.</exception>
    /// <exception cref="DisconnectedException">The cost does not depend on x.</exception>
    public static Expr Of(Expr cost, Expr x) => Jacobian.Of(Gradient.Of(cost, x), x, Disconnected.Zero);
}
