using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>Vector times Jacobian as expressions: cotangents of outputs pulled back to the inputs. Theano's Lop.</summary>
public static class Vjp
{
    /// <summary>Σ (∂y/∂x)ᵀ · cotangent over the outputs, for each x, of its shape.</summary>
    /// <exception cref="Shapes.ShapeException">A cotangent's shape is not that of its output.</exception>
    /// <exception cref="DisconnectedException">No output depends on one of them, and zeros are not asked for.</exception>
    public static ImmutableArray<Expr> Of(
        IEnumerable<(Expr Y, Expr Cotangent)> outputs, IEnumerable<Expr> wrt, Disconnected disconnected = Disconnected.Raise) =>
        Gradient.Of(outputs.Select(p => new Seed(p.Y, p.Cotangent)), wrt, GradientOptions.Default with { Disconnected = disconnected });

    /// <summary>(∂y/∂x)ᵀ · cotangent.</summary>
    /// <exception cref="Shapes.ShapeException">The cotangent's shape is not that of y.</exception>
    /// <exception cref="DisconnectedException">y does not depend on x.</exception>
    public static Expr Of(Expr y, Expr cotangent, Expr x) => Of([(y, cotangent)], [x])[0];
}
