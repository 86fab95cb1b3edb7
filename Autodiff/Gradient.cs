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
    public static ImmutableArray<Expr> Of(Expr cost, IEnumerable<Expr> wrt, Expr? seed = null, Pullbacks? pullbacks = null) =>
        Of([new Seed(cost, seed)], wrt, GradientOptions.Default with { Pullbacks = pullbacks ?? Pullbacks.Standard });

    /// <summary>∂cost/∂x.</summary>
    /// <exception cref="DisconnectedException">The cost does not depend on x.</exception>
    public static Expr Of(Expr cost, Expr x) => Of(cost, [x])[0];

    /// <summary>Σ ∂⟨cotangent, node⟩/∂wrt over several costs, which may depend on each other, or none where cotangents are known.</summary>
    /// <exception cref="DisconnectedException">No cost depends on one of them, and the options do not ask for zeros.</exception>
    public static ImmutableArray<Expr> Of(IEnumerable<Seed> costs, IEnumerable<Expr> wrt, GradientOptions options)
    {
        var tape = Tape.Of(costs, wrt, options);
        return [.. tape.Results.Select((g, i) => g ?? (options.Disconnected == Disconnected.Zero
            ? Zero(tape.Wrt[i])
            : throw new DisconnectedException([.. tape.Seeds.Concat(options.Known).Select(s => s.Node)], tape.Wrt[i])))];
    }

    internal static Expr Zero(Expr like) => ((Expr)0.0).BroadcastTo(like.Shape);
}
