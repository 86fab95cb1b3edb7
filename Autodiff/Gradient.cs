using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>Gradients as expressions, which can be printed, compiled and differentiated again.</summary>
public static class Gradient
{
    /// <summary>∂cost/∂wrt for each expression asked for, in their order and of their shapes.</summary>
    /// <param name="cost">A scalar expression, or any expression with a seed.</param>
    /// <param name="seed">The cotangent of a cost that is no scalar.</param>
    /// <exception cref="Shapes.ShapeException">The cost is no scalar and has no seed, or the seed's shape is another.</exception>
    /// <exception cref="DisconnectedException">The cost does not depend on one of them: an error, never a silent zero.</exception>
    public static ImmutableArray<Expr> Of(Expr cost, IEnumerable<Expr> wrt, Expr? seed = null, Pullbacks? pullbacks = null)
    {
        var tape = Tape.Of(cost, wrt, pullbacks, seed);
        return [.. tape.Results.Select((g, i) => g ?? throw new DisconnectedException(cost, tape.Wrt[i]))];
    }

    /// <summary>∂cost/∂x.</summary>
    /// <exception cref="DisconnectedException">The cost does not depend on x.</exception>
    public static Expr Of(Expr cost, Expr x) => Of(cost, [x])[0];
}
