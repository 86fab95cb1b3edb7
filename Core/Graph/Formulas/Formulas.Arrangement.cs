using System.Collections.Immutable;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>One value everywhere.</summary>
    public static Expr Full(Shape shape, Expr value) => value.BroadcastTo(shape);

    public static Expr Zeros(params ReadOnlySpan<Dim> shape) => Full(Shape.Of(shape), 0);

    public static Expr Ones(params ReadOnlySpan<Dim> shape) => Full(Shape.Of(shape), 1);

    public static Expr ZerosLike(Expr x) => Full(x.Shape, 0);

    public static Expr OnesLike(Expr x) => Full(x.Shape, 1);

    /// <summary>start, start + step, … below stop (above it, when the step is negative).</summary>
    /// <exception cref="ArgumentException">The step is 0.</exception>
    public static Expr Arange(double start, double stop, double step = 1)
    {
        var count = Math.Ceiling((stop - start) / step);
        return double.IsFinite(count)
            ? Definition.Apply("arange", [], _ => start + step * Iota((long)Math.Max(0, count)),
                $"{Printer.Number(start)}, {Printer.Number(stop)}, {Printer.Number(step)}")
            : throw new ArgumentException($"no finite number of steps of {step} leads from {start} to {stop}");
    }

    /// <summary>Equally spaced values from start to stop, both exactly among them: (1 - t) start + t stop for t = i / (count - 1).</summary>
    /// <exception cref="ShapeException">Start or stop is no scalar, or the count is negative.</exception>
    public static Expr Linspace(Expr start, Expr stop, int count = 50, bool endpoint = true)
    {
        if (start.Rank > 0 || stop.Rank > 0 || count < 0) throw Refusal.Of("linspace", [start, stop], $"{count} values lie between two scalars only", Origin.Here());
        var steps = Math.Max(1, endpoint ? count - 1 : count);
        return Definition.Apply("linspace", [start, stop],
            p => Iota(count) / steps is var t ? (1 - t) * p[0] + t * p[1] : t, Keywords.Of($"{count}", endpoint ? null : "endpoint=false"));
    }

    /// <summary>The axes in the order in which <paramref name="a"/> and <paramref name="b"/> are exchanged.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr SwapAxes(this Expr x, int a, int b)
    {
        var (first, second) = (x.Shape.Axis(a), x.Shape.Axis(b));
        return x.Permute([.. Enumerable.Range(0, x.Rank).Select(i => i == first ? second : i == second ? first : i)]);
    }

    /// <summary>numpy's moveaxis: the axes named first stand where the second list says, the others keep their order.</summary>
    /// <exception cref="ShapeException">An axis does not exist or is named twice, or the lists differ in length.</exception>
    public static Expr MoveAxis(this Expr x, IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        int[] sources = [.. from.Select(x.Shape.Axis)], places = [.. to.Select(x.Shape.Axis)];
        if (sources.Length != places.Length || sources.Distinct().Count() < sources.Length || places.Distinct().Count() < places.Length)
            throw Refusal.Of("moveaxis", [x], $"the axes ({string.Join(", ", from)}) and ({string.Join(", ", to)}) are not as many and distinct", Origin.Here());
        var rest = new Queue<int>(Enumerable.Range(0, x.Rank).Except(sources));
        return x.Permute([.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(places, i) is >= 0 and var at ? sources[at] : rest.Dequeue())]);
    }

    /// <summary>y[i] = x[i - shift], positions counted round the axis; several axes are rolled one after the other.</summary>
    /// <exception cref="ShapeException">An axis does not exist, or its length has a name and the shift is not within it for certain.</exception>
    public static Expr Roll(this Expr x, int shift, params ReadOnlySpan<int> axes)
    {
        var along = axes.ToArray().Select(x.Shape.Axis).ToList();
        return Definition.Apply("roll", [x], p => along.Aggregate(p[0], (y, axis) => Rolled(y, shift, axis)),
            $"{shift}, axis={Keywords.Tuple(along)}");
    }

    private static Expr Rolled(Expr x, int shift, int axis)
    {
        var length = x.Shape[axis];
        if (length.Is(0) || shift == 0) return x;
        Dim by = length.Value is { } n ? ((shift % n) + n) % n : shift < 0 ? length + shift : shift;
        return by.Is(0) ? x : Concatenate([x.Slice(axis, new(length - by, by)), x.Slice(axis, new(0, length - by))], axis);
    }

    /// <summary>Whole copies side by side, <paramref name="repeats"/> of them along the last axes: numpy's tile.</summary>
    public static Expr Tile(this Expr x, params ReadOnlySpan<int> repeats)
    {
        int[] times = [.. Enumerable.Repeat(1, Math.Max(0, x.Rank - repeats.Length)), .. repeats];
        return Definition.Apply("tile", [x], p =>
        {
            var aligned = p[0].Reshape(new Shape([.. Enumerable.Repeat((Dim)1, times.Length - x.Rank), .. x.Shape]));
            return aligned.Reshape(new Shape([.. aligned.Shape.SelectMany<Dim, Dim>(d => [1, d])]))
                .BroadcastTo(new Shape([.. aligned.Shape.SelectMany<Dim, Dim>((d, i) => [times[i], d])]))
                .Reshape(new Shape([.. aligned.Shape.Select((d, i) => d * times[i])]));
        }, Keywords.Tuple(repeats.ToArray()));
    }

    /// <summary>Parts of the given lengths along an axis, in order.</summary>
    /// <exception cref="ShapeException">The lengths do not add up to the axis.</exception>
    public static ImmutableArray<Expr> Split(this Expr x, IReadOnlyList<Dim> lengths, int axis = 0)
    {
        var at = x.Shape.Axis(axis);
        var starts = lengths.Aggregate(ImmutableArray.Create<Dim>(0), (s, length) => s.Add(s[^1] + length));
        return starts[^1] == x.Shape[at]
            ? [.. lengths.Select((length, i) => x.Slice(at, new(starts[i], length)))]
            : throw Refusal.Of("split", [x], $"the lengths ({string.Join(", ", lengths)}) do not add up to {x.Shape[at]}", Origin.Here());
    }

    /// <summary>So many parts of one length along an axis.</summary>
    /// <exception cref="ShapeException">The axis does not divide into so many.</exception>
    public static ImmutableArray<Expr> Split(this Expr x, int parts, int axis = 0) =>
        parts > 0 && Dim.Divide(x.Shape[x.Shape.Axis(axis)], parts) is { } length
            ? Split(x, [.. Enumerable.Repeat(length, parts)], axis)
            : throw Refusal.Of("split", [x], $"axis {axis} does not divide into {parts} parts", Origin.Here());
}
