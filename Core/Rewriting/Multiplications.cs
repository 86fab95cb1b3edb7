using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// How often a convolution multiplies for each image: the measure of rewrites that trade a convolution for a smaller one and for movement of
/// data. No other rewrite makes or enlarges a convolution, so together with <see cref="Measure"/> it falls until nothing fires.
/// </summary>
internal static class Multiplications
{
    /// <summary>Whether the convolution under the right side multiplies less often than the one under the left.</summary>
    public static bool Fall(Expr before, Expr after) => Under(before) is { } left && Under(after) is { } right && right < left;

    /// <summary>Of the first convolution on the way down.</summary>
    private static long? Under(Expr e)
    {
        var pending = new Queue<Expr>([e]);
        for (var steps = 0; steps < 32 && pending.TryDequeue(out var node); steps++)
        {
            if (node.Op is Op.Convolution op) return Of(node, op.Open);
            foreach (var arg in node.Args) pending.Enqueue(arg);
        }
        return null;
    }

    /// <summary>The kernel's elements times the places of the output.</summary>
    private static long? Of(Expr node, Leg open)
    {
        var (w, y) = open switch
        {
            Leg.Output => (node.Args[1], node),
            Leg.Input => (node.Args[1], node.Args[0]),
            _ => (node, node.Args[1]),
        };
        return (w.Shape.Size * new Shapes.Shape(y.Shape.Dims[2..]).Size).Value;
    }
}
