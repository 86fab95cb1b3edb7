using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>Sums and products over axes: what can be done after the sum is done to fewer elements.</summary>
    private static ImmutableArray<Rewrite> Sums =>
    [
        Rule("sum-over-nothing", ["sum", "prod"], "a sum over no axis is its argument", Assume.Nothing,
            e => e.Shape == e.Args[0].Shape && Along(e).Count == 0 ? e.Args[0] : null),

        Rule("sum-over-ones", ["sum", "prod"], "a sum over axes of length 1 is a reshape", Assume.UnsignedZero,
            e => Along(e) is { Count: > 0 } axes && axes.All(a => e.Args[0].Shape[a].Is(1)) ? e.Reshaped(e.Args[0], e.Shape) : null),

        Rule("sum-of-broadcast", ["sum"], "Σ over n copies of x = n x", Assume.Rounding,
            e => e.Args[0] is { Op: Op.BroadcastTo, Args: [var x] } wide ? OfCopies(e, Along(e), x, wide.Shape) : null),

        Rule("sum-of-negatives", ["sum"], "Σ -x = -Σ x", Assume.UnsignedZero,
            e => Negated(e.Args[0]) is { } x ? e.Make<Negate>(e.Make(e.Op, x)) : null),

        Rule("sum-of-scaled", ["sum"], "Σ c x = c Σ x for a number c", Assume.NoOverflow,
            e => e.Args[0] is { Head: "mul" } scaled && scaled.NumberAndOther is var (c, x) ? e.Make<Multiply>(e.Filled(c), e.Make(e.Op, x)) : null) with { Unshared = true },

        Rule("sum-of-divided", ["sum"], "Σ x / c = (Σ x) / c for a number c", Assume.NoOverflow,
            e => e.Args[0] is { Head: "div", Args: [var x, { Number: { } c }] } ? e.Make<Divide>(e.Make(e.Op, x), e.Filled(c)) : null) with { Unshared = true },

        Rule("sum-of-sum", ["sum"], "a sum of sums is one sum", Assume.Rounding,
            e => e.Args[0] is { Op: Op.Sum, Args: [var x] } inner && x.Op is not Op.Windows ? e.Make(new Op.Sum(Both(Along(e), Along(inner), x.Rank)), x) : null) with { Unshared = true },

        Rule("sum-of-permuted", ["sum"], "a sum does not see the order of the axes that it is over", Assume.Rounding,
            e => e.Args[0] is { Op: Op.Permute { Order: var order }, Args: [var x] } && OfPermuted(e, Along(e), order, x) is { } sum ? sum : null) with { Unshared = true },

        Rule("sum-of-reshaped", ["sum"], "a sum over all elements does not see their shape, which may be one of fewer axes", Assume.Rounding,
            e => e is { Rank: 0, Args: [{ Op: Op.Reshape, Args: [var x] } shaped] } && x.Rank <= shaped.Rank ? e.Make(new Op.Sum(Axes.All(x.Rank)), x) : null),
    ];

    private static Axes Along(Expr e) => e.Op switch { Op.Sum s => s.Axes, Op.Product p => p.Axes, _ => [] };

    /// <summary>The copies are counted, what else is summed is summed, and what else was broadcast is broadcast.</summary>
    private static Expr? OfCopies(Expr e, Axes axes, Expr x, Shape wide)
    {
        var repeated = Broadcast.Repeated(x.Shape, wide);
        var lead = wide.Rank - x.Rank;
        var copies = axes.Where(repeated.Contains).Aggregate((Dim)1, (n, a) => n * wide[a]);
        if (!axes.Any(repeated.Contains)) return null;
        var summed = e.Summed(x, axes.Where(a => !repeated.Contains(a)).Select(a => a - lead));
        // The axes that are left, those of copies with length 1.
        var left = new Shape([.. Enumerable.Range(0, wide.Rank).Where(a => !axes.Contains(a)).Select(a => repeated.Contains(a) ? 1 : wide[a])]);
        var count = copies.Value is { } number ? e.Filled(number, left) : e.Broadcasted(e.Make(new Op.SizeOf(copies)), left);
        return e.Broadcasted(e.Make<Multiply>(count, e.Reshaped(summed, left)), e.Shape);
    }

    /// <summary>The axes of the argument that either sum is over.</summary>
    private static Axes Both(Axes outer, Axes inner, int rank)
    {
        var left = Enumerable.Range(0, rank).Where(a => !inner.Contains(a)).ToArray();
        return Axes.Of(inner.Concat(outer.Select(a => left[a])).Order());
    }

    private static Expr? OfPermuted(Expr e, Axes axes, Axes order, Expr x)
    {
        var kept = Enumerable.Range(0, order.Count).Where(i => !axes.Contains(i)).Select(i => order[i]).ToArray();
        if (x.Op is Op.Windows || !kept.SequenceEqual(kept.Order())) return null;
        return e.Make(new Op.Sum(Axes.Of(axes.Select(i => order[i]).Order())), x);
    }
}
