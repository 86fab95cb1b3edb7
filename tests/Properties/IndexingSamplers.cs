using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>Samplers of reading, adding and sorting at indices, and of the definitions made of them.</summary>
public static class IndexingSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("take", typeof(Op.Gather), Linearity.Jointly, d =>
        {
            var (shared, outer, n, points, inner) = Parts(d);
            return d.Input([.. shared, .. outer, n, .. inner]).Take(Indices(d, [.. shared, .. points], n.Size), shared.Length + outer.Length, shared.Length);
        }),
        new("add_at", typeof(Op.ScatterAdd), Linearity.Jointly, d =>
        {
            var (shared, outer, n, points, inner) = Parts(d);
            var index = Indices(d, [.. shared, .. points], n.Size);
            var y = d.Input([.. shared, .. outer, .. points, .. inner]);
            // A size that only the indexed axis names would have nothing to be bound by.
            var length = n.Dim.Value is null ? n.Size : n.Dim;
            return Expr.Of(new Op.ScatterAdd(shared.Length, shared.Length + outer.Length, length), index, y);
        }),
        new("argsort", typeof(Op.ArgSort), Linearity.Jointly, d =>
        {
            var x = d.Lengths(1);
            return d.Input(x) * d.Input(x, varies: false).ArgSort(d.Int(0, x.Length - 1), d.Coin());
        }),
        new("take of all", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return d.Input(x).Take(Indices(d, d.Lengths(0, 2), x.Sizes().Aggregate(1, (a, b) => a * b)));
        }),
        new("take_along_axis", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var (x, axis) = Along(d);
            return d.Input(x).TakeAlong(Indices(d, [.. x.Select((l, i) => i == axis ? d.Int(1, 3) : d.Int(0, 3) == 0 ? 1 : l)], x[axis].Size), axis);
        }),
        new("add_along_axis", typeof(Op.Call), Linearity.Jointly, d => Written(d, Formulas.AddAlong)),
        new("put_along_axis", typeof(Op.Call), Linearity.Jointly, d => Written(d, Formulas.PutAlong)),
        new("advanced indices", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var x = d.Lengths(2, 3);
            var axis = d.Int(0, x.Length - 2);
            var points = d.Lengths(0, 2, 4);
            return d.Input(x).At([Indices(d, points, x[axis].Size), Indices(d, d.BroadcastsTo(points), x[axis + 1].Size)], axis);
        }),
        new("index_add", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var x = d.Lengths(1, 3);
            var axis = d.Int(0, x.Length - 1);
            Length count = d.Int(1, 3);
            return d.Input(x).AddAt(Indices(d, [count], x[axis].Size), d.Input([.. x.Select((l, i) => i == axis ? count : l)]), axis);
        }),
        new("embedding", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var weight = d.Lengths(2, 2);
            return Indices(d, d.Lengths(0, 2), weight[0].Size).Embedding(d.Input(weight));
        }),
        new("one_hot", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var x = d.Lengths(0, 2);
            return Indices(d, x, 3).OneHot(3) * d.Input([.. x, 3]);
        }),
        new("masked_fill", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            var mask = d.BroadcastsTo(x);
            return d.Input(x).MaskedFill(d.Input(mask, d.Values(mask.Sizes(), () => d.Int(0, 1)), varies: false), d.Input([]));
        }),
        new("sort", typeof(Op.Call), Linearity.None, d => Ranked(d).Sort(-1, d.Coin())),
        new("topk", typeof(Op.Call), Linearity.None, d =>
        {
            var x = Ranked(d, named: false);
            return x.TopK(d.Int(1, (int)x.Shape[x.Rank - 1].Value!), largest: d.Coin());
        }),
        new("argmax", typeof(Op.Call), Linearity.None, d => Extreme(d, Formulas.ArgMax)),
        new("argmin", typeof(Op.Call), Linearity.None, d => Extreme(d, Formulas.ArgMin)),
    ];

    /// <summary>Whole numbers of an axis, counted from the front or from the end.</summary>
    public static Expr Indices(Draw d, IReadOnlyList<Length> lengths, int axis) =>
        d.Input(lengths, d.Values(lengths.Sizes(), () => d.Int(-axis, axis - 1)), varies: false);

    private static (Length[] Shared, Length[] Outer, Length N, Length[] Points, Length[] Inner) Parts(Draw d) =>
        (d.Lengths(0, 1, 3), d.Lengths(0, 1, 3), d.Int(0, 2) == 0 ? d.Named() : d.Int(1, d.Size), d.Lengths(0, 2, 4), d.Lengths(0, 2, 4));

    private static (Length[] X, int Axis) Along(Draw d)
    {
        var x = d.Lengths(1, 3, 12);
        return (x, d.Int(0, x.Length - 1));
    }

    private static Expr Written(Draw d, Func<Expr, Expr, Expr, int, Expr> write)
    {
        var (x, axis) = Along(d);
        Length[] places = [.. x.Select((l, i) => i == axis ? d.Int(1, 3) : l)];
        return write(d.Input(x), Indices(d, places, x[axis].Size), d.Input(d.Coin() ? places : [.. places.Select(l => d.Coin() ? 1 : l)]), axis);
    }

    private static Expr Ranked(Draw d, bool named = true)
    {
        var x = d.Lengths(1, 3);
        if (!named) x[^1] = d.Int(1, d.Size);
        return d.Input(x, d.Distinct(x.Sizes()));
    }

    private static Expr Extreme(Draw d, Func<Expr, int?, bool, Expr> position)
    {
        var x = d.Lengths(1, 3);
        var found = position(d.Input(x, d.Distinct(x.Sizes())), d.Coin() ? null : d.Int(0, x.Length - 1), d.Coin());
        return found * d.Input([]) + d.Inputs[0].Variable.Sum();
    }
}
