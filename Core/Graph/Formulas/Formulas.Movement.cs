using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>The same elements in row-major order under another shape; one length may be -1 and follows from the others.</summary>
    /// <exception cref="ShapeException">The numbers of elements differ, or the open length cannot be decided.</exception>
    public static Expr Reshape(this Expr x, Shape shape)
    {
        var open = shape.Dims.Select((d, i) => (d, i)).Where(p => p.d.Is(-1)).Select(p => p.i).ToList();
        if (open.Count == 0) return x.Shape == shape ? x : Expr.Of(new Op.Reshape(shape), x);
        var rest = shape.Without(Axes.Of(open)).Size;
        return open.Count == 1 && !rest.Is(0) && Dim.Divide(x.Shape.Size, rest) is { } length
            ? Expr.Of(new Op.Reshape(shape.With(open[0], length)), x)
            : throw Refusal.Of("reshape", [x], $"the length -1 of {shape} does not follow from {x.Shape.Size} elements", Origin.Here(), new Op.Reshape(shape));
    }

    public static Expr Reshape(this Expr x, params ReadOnlySpan<Dim> dims) => Reshape(x, Shape.Of(dims));

    /// <summary>All axes from <paramref name="axis"/> on as one.</summary>
    public static Expr Flatten(this Expr x, int axis = 1) =>
        Reshape(x, new Shape([.. x.Shape.Dims[..axis], x.Shape.Dims[axis..].Aggregate((Dim)1, (a, b) => a * b)]));

    /// <summary>Axis i of the result is axis order[i] of x; without an order all axes are reversed.</summary>
    /// <exception cref="ShapeException">The order is not a permutation of the axes.</exception>
    public static Expr Permute(this Expr x, params ReadOnlySpan<int> order)
    {
        var axes = order.IsEmpty ? Axes.Of(Enumerable.Range(0, x.Rank).Reverse()) : Axes.Of(order.ToArray().Select(x.Shape.Axis));
        return axes.Equals(Axes.All(x.Rank)) ? x : Expr.Of(new Op.Permute(axes), x);
    }

    /// <summary>The last two axes exchanged.</summary>
    public static Expr Transpose(this Expr x) =>
        Permute(x, [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);

    /// <summary>numpy's broadcast_to.</summary>
    /// <exception cref="ShapeException">The shape cannot be broadcast.</exception>
    public static Expr BroadcastTo(this Expr x, Shape shape) => x.Shape == shape ? x : Expr.Of(new Op.BroadcastTo(shape), x);

    /// <summary>A new axis of length 1.</summary>
    public static Expr Unsqueeze(this Expr x, int axis) =>
        Reshape(x, x.Shape.Insert(axis < 0 ? axis + x.Rank + 1 : axis, 1));

    /// <summary>y[i] = x[start + i·step] along each axis.</summary>
    /// <exception cref="ShapeException">A range leaves its axis.</exception>
    public static Expr Slice(this Expr x, params ReadOnlySpan<StridedRange> ranges) => Expr.Of(new Op.Slice([.. ranges]), x);

    /// <summary>One range along one axis, the other axes whole.</summary>
    public static Expr Slice(this Expr x, int axis, StridedRange range) =>
        Slice(x, [.. x.Shape.Select((d, i) => i == x.Shape.Axis(axis) ? range : StridedRange.All(d))]);

    /// <summary>The order of positions along axes reversed.</summary>
    public static Expr Flip(this Expr x, params ReadOnlySpan<int> axes)
    {
        var flipped = Axes.Normalized(x.Shape, axes.ToArray());
        return Slice(x, [.. x.Shape.Select((d, i) => flipped.Contains(i) ? new StridedRange(d - 1, d, -1) : StridedRange.All(d))]);
    }

    /// <summary>Zeros before and after along each axis.</summary>
    /// <exception cref="ShapeException">There is not one pair of widths for each axis, or a width is negative.</exception>
    public static Expr Pad(this Expr x, params ReadOnlySpan<(int Before, int After)> widths)
    {
        var pairs = widths.ToArray();
        if (pairs.Length != x.Rank || pairs.Any(w => w.Before < 0 || w.After < 0))
            throw Refusal.Of("pad", [x], "needs a pair of widths, none negative, for each axis", Origin.Here());
        return Expr.Of(new Op.Pad(
            x.Shape.Select((d, i) => new StridedRange(pairs[i].Before, d)).ToSequence(),
            new Shape([.. x.Shape.Select((d, i) => d + pairs[i].Before + pairs[i].After)])), x);
    }

    /// <exception cref="ShapeException">The shapes differ along another axis.</exception>
    public static Expr Concatenate(IEnumerable<Expr> parts, int axis = 0)
    {
        ImmutableArray<Expr> args = [.. parts];
        return Expr.Of(new Op.Concatenate(args[0].Shape.Axis(axis)), args);
    }

    /// <summary>Equal shapes joined along a new axis.</summary>
    public static Expr Stack(IEnumerable<Expr> parts, int axis = 0) => Concatenate(parts.Select(p => p.Unsqueeze(axis)), axis);

    /// <summary>Each element repeated in a block, <paramref name="factors"/> times along the last axes: numpy's repeat, unpooling.</summary>
    public static Expr Repeat(this Expr x, params ReadOnlySpan<int> factors)
    {
        var times = factors.ToArray();
        var lead = x.Rank - times.Length;
        return Definition.Apply("repeat", [x], p =>
        {
            var split = p[0].Shape.SelectMany<Dim, Dim>((d, i) => i < lead ? [d] : [d, 1]);
            var repeated = p[0].Shape.SelectMany<Dim, Dim>((d, i) => i < lead ? [d] : [d, times[i - lead]]);
            return p[0].Reshape(new Shape([.. split])).BroadcastTo(new Shape([.. repeated]))
                .Reshape(new Shape([.. p[0].Shape.Select((d, i) => i < lead ? d : d * times[i - lead])]));
        }, $"({string.Join(", ", times)}{(times.Length == 1 ? "," : "")})");
    }
}
