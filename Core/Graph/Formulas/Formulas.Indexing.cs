using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>
    /// Elements at indices along an axis, numpy's take: of x (o…, n, r…) and indices (i…) it is (o…, i…, r…). A negative index counts from the end;
    /// one out of range is an <see cref="IndexException"/> when it is met.
    /// </summary>
    /// <param name="x">Where elements are taken from.</param>
    /// <param name="indices">Whole numbers.</param>
    /// <param name="axis">The axis of x along which the indices point.</param>
    /// <param name="batch">How many leading axes x and the indices share: each of their positions has indices of its own.</param>
    /// <exception cref="ShapeException">There is no such axis, or the shared lengths differ.</exception>
    public static Expr Take(this Expr x, Expr indices, int axis, int batch = 0) => Expr.Of(new Op.Gather(batch, x.Shape.Axis(axis)), x, indices);

    /// <summary>Elements at indices into all of x in row-major order.</summary>
    public static Expr Take(this Expr x, Expr indices) => x.Flatten(0).Take(indices, 0);

    /// <summary>x with y added at indices along an axis, where <see cref="Take(Expr, Expr, int, int)"/> would read: duplicates add up.</summary>
    /// <exception cref="ShapeException">y has not the shape of what would be read.</exception>
    public static Expr AddAt(this Expr x, Expr indices, Expr y, int axis) =>
        x + Expr.Of(new Op.ScatterAdd(0, x.Shape.Axis(axis), x.Shape[x.Shape.Axis(axis)]), indices, y);

    /// <summary>
    /// numpy's x[…, i, j]: element (i, j) of neighbouring axes, from <paramref name="axis"/> on, as many as there are indices; these are broadcast to
    /// one shape, which stands in the place of the axes.
    /// </summary>
    /// <exception cref="ShapeException">There are more indices than axes, or they do not broadcast.</exception>
    public static Expr At(this Expr x, IReadOnlyList<Expr> indices, int axis = 0)
    {
        if (indices.Count == 1) return x.Take(indices[0], axis);
        var end = x.Shape.Axis(axis) + indices.Count;
        if (indices.Count == 0 || end > x.Rank) throw Refusal.Of("take", [x, .. indices], $"{indices.Count} indices from axis {axis} on do not fit the shape {x.Shape}", Origin.Here());
        var indexed = x.Shape.Dims[x.Shape.Axis(axis)..end];
        // Taken from the positions of its own axis, an index is checked there, and one from the end is counted from the front.
        var flat = indices.Zip(indexed, (i, n) => (At: Iota(n).Take(i, 0), Length: n)).Aggregate((a, b) => (a.At * SizeOf(b.Length) + b.At, b.Length)).At;
        return x.Reshape(new Shape([.. x.Shape.Dims[..(end - indices.Count)], indexed.Aggregate((Dim)1, (a, b) => a * b), .. x.Shape.Dims[end..]])).Take(flat, end - indices.Count);
    }

    /// <summary>numpy's take_along_axis, torch.gather: y[…, i, …] = x[…, index[…, i, …], …], the other axes broadcast.</summary>
    /// <exception cref="ShapeException">The ranks differ, or the other axes do not broadcast.</exception>
    public static Expr TakeAlong(this Expr x, Expr index, int axis)
    {
        var at = x.Shape.Axis(axis);
        var others = Others("take_along_axis", at, x, index);
        return Definition.Apply("take_along_axis", [x, index], p =>
            Lines(p[0], at, others).Take(Lines(p[1], at, others), -1, x.Rank - 1).FromEnd(at), $"axis={at}");
    }

    /// <summary>x with values added at indices along an axis, torch's scatter_add: duplicates add up.</summary>
    /// <exception cref="ShapeException">The ranks differ, or indices and values are not as large as x along the other axes.</exception>
    public static Expr AddAlong(this Expr x, Expr index, Expr values, int axis)
    {
        var at = x.Shape.Axis(axis);
        var (i, v) = Placed("add_along_axis", at, x, index, values);
        return Definition.Apply("add_along_axis", [x, index, values], p => p[0] + v(p[2]).ScatterAlong(i(p[1]), at, x.Shape[at]), $"axis={at}");
    }

    /// <summary>x with elements replaced by values at indices along an axis, numpy's put_along_axis, torch's scatter. Of several values for one place the last counts.</summary>
    /// <exception cref="ShapeException">The ranks differ, or indices and values are not as large as x along the other axes.</exception>
    public static Expr PutAlong(this Expr x, Expr index, Expr values, int axis)
    {
        var at = x.Shape.Axis(axis);
        var length = x.Shape[at];
        var (i, v) = Placed("put_along_axis", at, x, index, values);
        return Definition.Apply("put_along_axis", [x, index, values], p =>
        {
            var given = i(p[1]).StopGradient();
            var places = Where(Less(given, 0), given + SizeOf(length), given);
            // Sorted, equal places stand together in their order: the last of each group is followed by another place, or by nothing.
            var order = places.ArgSort(at);
            var sorted = places.TakeAlong(order, at);
            var last = NotEqual(sorted, (sorted + 1).Shifted(at, reverse: true) - 1).ScatterAlong(order, at, places.Shape[at]);
            return Where(last.ScatterAlong(places, at, length), Where(last, v(p[2]), 0).ScatterAlong(places, at, length), p[0]);
        }, $"axis={at}");
    }

    /// <summary>Zeros, of <paramref name="length"/> along the axis, to which y is added: the adjoint of <see cref="TakeAlong"/> with equal other axes.</summary>
    public static Expr ScatterAlong(this Expr y, Expr index, int axis, Dim length) =>
        Expr.Of(new Op.ScatterAdd(y.Rank - 1, y.Rank - 1, length), index.ToEnd(axis), y.ToEnd(axis)).FromEnd(axis);

    /// <summary>1 where the index is the position along a new last axis of that length, else 0; an index out of range has only zeros.</summary>
    public static Expr OneHot(this Expr x, Dim classes) =>
        Definition.Apply("one_hot", [x], p => Expr.Equal(p[0].StopGradient().Unsqueeze(-1), Iota(classes)), $"num_classes={classes}");

    /// <summary>A row of the weights for each index: (i…), (n, d) → (i…, d).</summary>
    public static Expr Embedding(this Expr indices, Expr weight) => Definition.Apply("embedding", [indices, weight], p => p[1].Take(p[0], 0), "");

    /// <summary>The value where the mask is not 0, else x.</summary>
    public static Expr MaskedFill(this Expr x, Expr mask, Expr value) => Definition.Apply("masked_fill", [x, mask, value], p => Where(p[1], p[2], p[0]), "");

    /// <summary>The numbers 0, 1, … along one axis, repeated along the others.</summary>
    public static Expr Positions(Shape shape, int axis) =>
        Iota(shape[axis]).Reshape(new Shape([.. shape.Select((d, i) => i == axis ? d : 1)])).BroadcastTo(shape);

    private static Expr ToEnd(this Expr e, int axis) => e.Permute([.. Enumerable.Range(0, e.Rank).Where(i => i != axis), axis]);

    private static Expr FromEnd(this Expr e, int axis) => e.Permute([.. Enumerable.Range(0, axis), e.Rank - 1, .. Enumerable.Range(axis, e.Rank - 1 - axis)]);

    /// <summary>The axis last, the others stretched to the common lengths.</summary>
    private static Expr Lines(Expr e, int axis, Shape others) => e.BroadcastTo(others.With(axis, e.Shape[axis])).ToEnd(axis);

    private static Shape Others(string name, int axis, params Expr[] args) =>
        args.Any(a => a.Rank != args[0].Rank) ? throw Refusal.Of(name, [.. args], "all must have the same number of axes", Origin.Here())
        : Broadcast.Common(args.Select(a => a.Shape.With(axis, 1))) ?? throw Refusal.Of(name, [.. args], $"the axes other than {axis} do not broadcast", Origin.Here());

    /// <summary>How indices and values are stretched to the places that they stand for in x.</summary>
    private static (Func<Expr, Expr> Index, Func<Expr, Expr> Values) Placed(string name, int axis, Expr x, Expr index, Expr values)
    {
        var places = Others(name, axis, x, index, values) is var others && others == x.Shape.With(axis, 1)
            ? x.Shape.With(axis, index.Shape[axis])
            : throw Refusal.Of(name, [x, index, values], $"along the axes other than {axis} there are more places than in x", Origin.Here());
        return values.Shape[axis].Is(1) || values.Shape[axis] == index.Shape[axis]
            ? (i => i.BroadcastTo(places), v => v.BroadcastTo(places))
            : throw Refusal.Of(name, [x, index, values], $"along axis {axis} there must be a value for each index", Origin.Here());
    }
}
