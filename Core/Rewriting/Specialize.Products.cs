using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

internal static partial class Specialize
{
    private static ImmutableArray<Rewrite> Products =>
    [
        Rule("sum-of-broadcast-products", ["sum"], "Σₖ a[…, i, k] b[…, k, j] = A B", Assume.Rounding,
            e => e.Args[0] is { Head: "mul", Args: [{ Op: Op.BroadcastTo, Args: [var a] }, { Op: Op.BroadcastTo, Args: [var b] }] } product
                ? Product(e, ((Op.Sum)e.Op).Axes, a, b, product.Shape) : null) with { Unshared = true },
    ];

    /// <summary>
    /// The matrix product, where the axes of what is summed are, in their order, those of both operands, then those of one, with the axis that is
    /// summed over among them. One of the operands has the rows and the other the columns.
    /// </summary>
    private static Expr? Product(Expr e, Axes axes, Expr a, Expr b, Shape wide)
    {
        if (axes is not [var k] || wide.Rank < 3) return null;
        var (ofA, ofB) = (Broadcast.Repeated(a.Shape, wide), Broadcast.Repeated(b.Shape, wide));
        if (ofA.Contains(k) || ofB.Contains(k) || ofA.Count != 1 || ofB.Count != 1) return null;
        var (column, row) = (ofA[0], ofB[0]);
        if (row > column) ((a, b), (row, column)) = ((b, a), (column, row));
        // What else there is stands before, and both have it.
        if (row < wide.Rank - 3 || column < wide.Rank - 3 || k < wide.Rank - 3) return null;
        var lead = wide.Dims[..^3];
        Expr Matrix(Expr x, int first, int second)
        {
            var matrix = e.Reshaped(x, new Shape([.. lead, wide[Math.Min(first, second)], wide[Math.Max(first, second)]]));
            return first < second ? matrix : e.Make(new Op.Permute(Axes.Of([.. Enumerable.Range(0, lead.Length), lead.Length + 1, lead.Length])), matrix);
        }
        return e.Reshaped(e.Make(new Op.MatMul(), Matrix(a, row, k), Matrix(b, k, column)), e.Shape);
    }
}
