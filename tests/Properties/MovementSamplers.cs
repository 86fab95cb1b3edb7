using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Properties;

/// <summary>Samplers of the operations that only move elements.</summary>
public static class MovementSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("reshape", typeof(Op.Reshape), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            var merged = x.ToList();
            while (merged.Count > 1 && d.Coin())
            {
                var at = d.Int(0, merged.Count - 2);
                merged[at] = new(merged[at].Dim * merged[at + 1].Dim, merged[at].Size * merged[at + 1].Size);
                merged.RemoveAt(at + 1);
            }
            if (d.Coin()) merged.Insert(d.Int(0, merged.Count), 1);
            return d.Coin() ? d.Input(x).Reshape(merged.Shape()) : d.Input(merged.Where(l => l.Dim.Value is not null || l.Dim.Name is not null).ToList()).Flatten(0);
        }),
        new("permute", typeof(Op.Permute), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return x.Length == 0 ? d.Input(x) : d.Input(x).Permute(d.Shuffled(x.Length));
        }),
        new("broadcast_to", typeof(Op.BroadcastTo), Linearity.Jointly, d =>
        {
            var target = d.Lengths();
            var bound = d.Input(target);
            return d.Input(d.BroadcastsTo(target)).BroadcastTo(target.Shape()) + bound;
        }),
        new("slice", typeof(Op.Slice), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return d.Input(x).Slice([.. x.Select(l => l.Dim.Value is null ? Whole(l, d) : Range(d, l.Size))]);
        }),
        new("pad", typeof(Op.Pad), Linearity.Jointly, d =>
        {
            var x = d.Lengths(most: 8);
            if (d.Coin()) return d.Input(x).Pad([.. x.Select(_ => (d.Int(0, 2), d.Int(0, 2)))]);
            var ranges = x.Select(l => l.Dim.Value is null ? (Whole(l, d), l.Dim) : Spread(d, l.Size)).ToList();
            return Expr.Of(new Op.Pad(ranges.Select(r => r.Item1).ToSequence(), new Shape([.. ranges.Select(r => r.Item2)])), d.Input(x));
        }),
        new("concat", typeof(Op.Concatenate), Linearity.Jointly, d =>
        {
            var x = d.Lengths(1, 3, 8);
            var axis = d.Int(0, x.Length - 1);
            return Formulas.Concatenate(Enumerable.Range(0, d.Int(1, 3)).Select(i => d.Input(x.Select((l, a) => a == axis && i > 0 ? d.Int(1, 2) : l).ToList())).ToList(), axis);
        }),
        new("concat of one twice", typeof(Op.Concatenate), Linearity.Jointly, d =>
        {
            var x = d.Input(d.Lengths(1, 3, 8));
            return Formulas.Concatenate([x, x.Flip(0), x]);
        }),
        new("stack", typeof(Op.Concatenate), Linearity.Jointly, d =>
        {
            var x = d.Lengths(0, 3, 8);
            return Formulas.Stack([d.Input(x), d.Input(x)], d.Int(0, x.Length));
        }),
    ];

    private static StridedRange Whole(Length l, Draw d) => d.Coin() ? StridedRange.All(l.Dim) : new(l.Dim - 1, l.Dim, -1);

    /// <summary>Positions within an axis: any start, step and length that fit, backwards too.</summary>
    public static StridedRange Range(Draw d, int size)
    {
        var step = d.Pick(-2, -1, 1, 2);
        var start = d.Int(0, size - 1);
        var room = step > 0 ? size - 1 - start : start;
        return new(start, d.Int(d.Int(0, 5) == 0 ? 0 : 1, 1 + room / Math.Abs(step)), step);
    }

    private static (StridedRange, Dim) Spread(Draw d, int size)
    {
        var step = d.Pick(-2, -1, 1, 2);
        var reach = (size - 1) * Math.Abs(step);
        var before = d.Int(0, 1);
        return (new(step > 0 ? before : before + reach, size, step), before + reach + 1 + d.Int(0, 1));
    }
}
