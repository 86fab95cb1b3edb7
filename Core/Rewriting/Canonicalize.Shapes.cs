using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>Reshaping, permuting and broadcasting.</summary>
    private static ImmutableArray<Rewrite> Shapes =>
    [
        Rule("reshape-to-its-shape", ["reshape"], "a reshape to the shape that there is does nothing", Assume.Nothing,
            e => e.Args[0].Shape == e.Shape ? e.Args[0] : null),

        Rule("reshape-twice", ["reshape"], "reshaping twice is reshaping once", Assume.Nothing,
            e => e.Args[0] is { Op: Op.Reshape, Args: [var x] } ? e.Reshaped(x, e.Shape) : null),

        Rule("permute-in-order", ["permute"], "axes in their order are not permuted", Assume.Nothing,
            e => e.Op is Op.Permute { Order: var order } && IsInOrder(order) ? e.Args[0] : null),

        Rule("permute-twice", ["permute"], "permuting twice is permuting once", Assume.Nothing,
            e => e.Op is Op.Permute outer && e.Args[0] is { Op: Op.Permute inner, Args: [var x] }
                ? e.Make(new Op.Permute(Axes.Of(outer.Order.Select(i => inner.Order[i]))), x) : null),

        Rule("permute-of-ones", ["permute"], "where only axes of length 1 move, a permutation is a reshape", Assume.Nothing,
            e => e.Op is Op.Permute { Order: var order } && MovesOnlyOnes(order, e.Args[0].Shape) ? e.Reshaped(e.Args[0], e.Shape) : null),

        Rule("broadcast-to-its-shape", ["broadcast_to"], "a broadcast to the shape that there is does nothing", Assume.Nothing,
            e => e.Args[0].Shape == e.Shape ? e.Args[0] : null),

        Rule("broadcast-twice", ["broadcast_to"], "broadcasting twice is broadcasting once", Assume.Nothing,
            e => e.Args[0] is { Op: Op.BroadcastTo, Args: [var x] } ? e.Broadcasted(x, e.Shape) : null),

        Rule("broadcast-of-leading-ones", ["broadcast_to"], "a broadcast needs no leading axes of length 1", Assume.Nothing,
            e => e.Args[0] is { Op: Op.Reshape, Args: [var x] } && AddsLeadingOnes(x.Shape, e.Args[0].Shape) ? e.Broadcasted(x, e.Shape) : null),

        Rule("function-of-broadcasts", [Rewrite.AnyFunction], "f(broadcast x) = broadcast f(x)", Assume.Nothing, OfBroadcasts),

        Rule("windows-of-one-tap", ["windows"], "windows of one element are the elements", Assume.Nothing,
            e => e.Op is Op.Windows { Taps: var taps } && taps.All(t => t is { Taps: 1, Stride: 1 }) ? e.Reshaped(e.Args[0], e.Shape) : null),

        Rule("transposed-product", ["permute"], "(Aᵀ B)ᵀ = Bᵀ A", Assume.Rounding,
            e => e.Op is Op.Permute { Order: var order } && IsTransposition(order) && e.Args[0] is { Op: Op.MatMul product, Args: [var a, var b] }
                && (Transposed(a) is not null || Transposed(b) is not null)
                    ? e.Make(product, Transposed(b) ?? e.Make(e.Op, b), Transposed(a) ?? e.Make(e.Op, a)) : null),
    ];

    private static bool IsInOrder(Axes order)
    {
        for (var i = 0; i < order.Count; i++)
            if (order[i] != i) return false;
        return true;
    }

    private static bool MovesOnlyOnes(Axes order, Shape shape)
    {
        var last = -1;
        for (var i = 0; i < order.Count; i++)
        {
            if (shape[order[i]].Is(1)) continue;
            if (order[i] < last) return false;
            last = order[i];
        }
        return true;
    }

    private static bool AddsLeadingOnes(Shape from, Shape to)
    {
        var lead = to.Rank - from.Rank;
        if (lead <= 0) return false;
        for (var i = 0; i < to.Rank; i++)
            if (i < lead ? !to[i].Is(1) : to[i] != from[i - lead]) return false;
        return true;
    }

    /// <summary>All arguments are one shape broadcast, or numbers.</summary>
    private static Expr? OfBroadcasts(Expr e)
    {
        Shape? from = null;
        foreach (var arg in e.Args)
        {
            if (arg.Number is not null) continue;
            if (arg is not { Op: Op.BroadcastTo, Args: [var x] } || (from is not null && from != x.Shape)) return null;
            from = x.Shape;
        }
        return from is null ? null
            : e.Broadcasted(e.Make(e.Op, [.. e.Args.Select(a => a.Number is { } c ? e.Filled(c, from) : a.Args[0])]), e.Shape);
    }

    /// <summary>Whether an order exchanges the last two axes.</summary>
    private static bool IsTransposition(Axes order)
    {
        for (var i = 0; i < order.Count - 2; i++)
            if (order[i] != i) return false;
        return order.Count >= 2 && order[^2] == order.Count - 1;
    }

    private static Expr? Transposed(Expr e) => e is { Op: Op.Permute { Order: var order }, Args: [var x] } && IsTransposition(order) ? x : null;
}
