using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>Slices, their adjoint and their joints.</summary>
    private static ImmutableArray<Rewrite> Parts =>
    [
        Rule("slice-of-all", ["slice"], "a slice of everything is everything", Assume.Nothing,
            e => e.Op is Op.Slice { Ranges: var ranges } && AreAll(ranges, e.Args[0].Shape) ? e.Args[0] : null),

        Rule("slice-twice", ["slice"], "x[a + i s][b + j t] = x[a + b s + j s t]", Assume.Nothing,
            e => e.Op is Op.Slice outer && e.Args[0] is { Op: Op.Slice inner, Args: [var x] } && Composed(inner.Ranges, outer.Ranges) is { } ranges
                ? e.Make(new Op.Slice(ranges), x) : null),

        Rule("slice-of-pad", ["slice"], "the slice that was padded is what was padded", Assume.Nothing,
            e => e.Op is Op.Slice slice && e.Args[0] is { Op: Op.Pad pad, Args: [var x] } && slice.Ranges.Equals(pad.Ranges) ? x : null),

        Rule("slice-of-broadcast", ["slice"], "a slice along axes that were broadcast is a smaller broadcast", Assume.Nothing,
            e => e.Op is Op.Slice { Ranges: var ranges } && e.Args[0] is { Op: Op.BroadcastTo, Args: [var x] } wide && IsAlongRepeated(ranges, x.Shape, wide.Shape)
                ? e.Broadcasted(x, e.Shape) : null),

        Rule("slice-of-concat", ["slice"], "a slice that lies in one part is a slice of that part", Assume.Nothing,
            e => e.Op is Op.Slice { Ranges: var ranges } && e.Args[0] is { Op: Op.Concatenate { Axis: var axis } } joined && Within(e, ranges, joined.Args, axis) is { } part
                ? part : null),

        Rule("pad-of-all", ["pad"], "padding with nothing does nothing", Assume.Nothing,
            e => e.Op is Op.Pad { Ranges: var ranges, Target: var target } && AreAll(ranges, target) ? e.Args[0] : null),

        Rule("concat-of-one", ["concat"], "one part is the whole", Assume.Nothing,
            e => e.Args is [var x] ? x : null),

        Rule("concat-of-slices", ["concat"], "slices that follow each other, joined, are one slice", Assume.Nothing,
            e => e.Op is Op.Concatenate { Axis: var axis } && Joined(e.Args, axis) is var (ranges, x) ? e.Make(new Op.Slice(ranges), x) : null),
    ];

    private static bool AreAll(Sequence<StridedRange> ranges, Shape shape)
    {
        for (var i = 0; i < ranges.Count; i++)
            if (!ranges[i].IsAll(shape[i])) return false;
        return true;
    }

    private static Sequence<StridedRange>? Composed(Sequence<StridedRange> inner, Sequence<StridedRange> outer)
    {
        var ranges = new StridedRange[inner.Count];
        for (var i = 0; i < ranges.Length; i++)
        {
            var (a, b) = (inner[i], outer[i]);
            if (Math.BigMul(a.Step, b.Step) is var step && step != (int)step) return null;
            ranges[i] = new(a.Start + b.Start * a.Step, b.Length, (int)step);
        }
        return ranges.ToSequence();
    }

    private static bool IsAlongRepeated(Sequence<StridedRange> ranges, Shape from, Shape to)
    {
        var lead = to.Rank - from.Rank;
        for (var i = lead; i < to.Rank; i++)
            if (!ranges[i].IsAll(to[i]) && !(from[i - lead].Is(1) && !to[i].Is(1))) return false;
        return true;
    }

    private static Expr? Within(Expr e, Sequence<StridedRange> ranges, ImmutableArray<Expr> parts, int axis)
    {
        var range = ranges[axis];
        if (range.Length.Is(0)) return null;
        var (low, high) = range.Step > 0 ? (range.Start, range.Last) : (range.Last, range.Start);
        var start = (Dim)0;
        foreach (var part in parts)
        {
            var end = start + part.Shape[axis];
            if ((low - start).AtLeast(0) == true && (end - 1 - high).AtLeast(0) == true)
                return e.Make(new Op.Slice(ranges.Select((r, i) => i == axis ? r with { Start = r.Start - start } : r).ToSequence()), part);
            start = end;
        }
        return null;
    }

    private static (Sequence<StridedRange> Ranges, Expr X)? Joined(ImmutableArray<Expr> parts, int axis)
    {
        if (parts.Length < 2 || parts[0] is not { Op: Op.Slice { Ranges: var first }, Args: [var x] } || first[axis].Step != 1) return null;
        var length = first[axis].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i] is not { Op: Op.Slice { Ranges: var next }, Args: [var y] } || y != x) return null;
            for (var j = 0; j < next.Count; j++)
                if (j == axis ? next[j].Step != 1 || next[j].Start != first[axis].Start + length : next[j] != first[j]) return null;
            length += next[axis].Length;
        }
        return (first.Select((r, i) => i == axis ? r with { Length = length } : r).ToSequence(), x);
    }
}
