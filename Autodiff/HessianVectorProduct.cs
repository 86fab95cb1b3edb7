using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>The second derivative of a cost along a vector, forward mode over reverse: about twice the work of a gradient, no matrix.</summary>
public static class HessianVectorProduct
{
    /// <summary>∂²cost/∂x² · v, of the shape of x; zeros where the gradient is constant.</summary>
    /// <exception cref="Shapes.ShapeException">The cost is no scalar, or v has another shape than x.</exception>
    /// <exception cref="DisconnectedException">The cost does not depend on x.</exception>
    public static Expr Of(Expr cost, Expr x, Expr v) => Of(cost, [(x, v)])[0];

    /// <summary>Σⱼ ∂²cost/∂xᵢ∂xⱼ · vⱼ for each xᵢ, of its shape.</summary>
    /// <exception cref="Shapes.ShapeException">The cost is no scalar, or a vector has another shape than its x.</exception>
    /// <exception cref="DisconnectedException">The cost does not depend on one of them.</exception>
    public static ImmutableArray<Expr> Of(Expr cost, IEnumerable<(Expr X, Expr V)> along)
    {
        ImmutableArray<(Expr X, Expr V)> pairs = [.. along];
        return Jvp.Of(Gradient.Of(cost, pairs.Select(p => p.X)), pairs, disconnected: Disconnected.Zero);
    }
}
