using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

/// <summary>A node and the cotangent of its value: where a derivation starts. An expression alone is a scalar cost, with cotangent 1.</summary>
public sealed record Seed
{
    /// <param name="node">Any expression; of shape () when no cotangent is given.</param>
    /// <param name="cotangent">Of the node's shape; 1 when none is given.</param>
    /// <exception cref="ShapeException">The node is no scalar and has no cotangent, or the cotangent's shape is another.</exception>
    public Seed(Expr node, Expr? cotangent = null)
    {
        if (cotangent is null && node.Rank != 0)
            throw new ShapeException($"a cost of shape {node.Shape} has no gradient until its cotangent is given: sum it, or pass a seed of that shape");
        if (cotangent is not null && cotangent.Shape != node.Shape)
            throw new ShapeException($"the seed's shape {cotangent.Shape} is not the cost's {node.Shape}");
        (Node, Cotangent) = (node, cotangent ?? 1.0);
    }

    public Expr Node { get; }

    public Expr Cotangent { get; }

    public static implicit operator Seed(Expr cost) => new(cost);
}
