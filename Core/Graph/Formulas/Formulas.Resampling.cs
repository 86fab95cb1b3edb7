using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Language.Keywords;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>
    /// Images (n, c, space…) of another size, as PyTorch's interpolate. Linear interpolation is a product with a matrix an axis,
    /// so an infinite or NaN value reaches its whole row and column.
    /// </summary>
    /// <param name="alignCorners">The corner elements keep their places; otherwise the corners of the corner elements do.</param>
    /// <exception cref="ShapeException">There is not a size for each axis of space, or nearest values are asked for at an unknown ratio.</exception>
    public static Expr Upsample(this Expr x, IReadOnlyList<Dim> size, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false) =>
        Resampled(x, size, [.. size.Select(_ => (double?)null)], mode, alignCorners, $"size={Tuple(size)}");

    /// <summary>The same by factors: a length n becomes ⌊n·factor⌋, and positions are divided by the factor.</summary>
    /// <inheritdoc cref="Upsample(Expr, IReadOnlyList{Dim}, UpsampleMode, bool)"/>
    public static Expr Upsample(this Expr x, IReadOnlyList<double> factors, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false)
    {
        if (x.Rank != factors.Count + 2 || !factors.All(f => f > 0 && double.IsFinite(f)))
            throw Refusal.Of("upsample", [x], $"images (n, channels, {factors.Count} of space) and positive factors would fit", Origin.Here());
        Dim Scaled(double factor, Dim n) => double.IsInteger(factor) ? n * (long)factor
            : n.Value is { } length ? (long)Math.Floor(length * factor)
            : throw Refusal.Of("upsample", [x], $"the length {n} must be a number for a factor of {Printer.Number(factor)}", Origin.Here());
        return Resampled(x, [.. factors.Select((f, i) => Scaled(f, x.Shape[i + 2]))], [.. factors.Select(f => (double?)f)], mode, alignCorners,
            $"scale_factor={Tuple(factors.Select(Printer.Number))}");
    }

    private static Expr Resampled(Expr x, IReadOnlyList<Dim> size, double?[] factors, UpsampleMode mode, bool alignCorners, string options)
    {
        if (x.Rank != size.Count + 2 || size.Count is < 1 or > 3 || size.Any(s => s.AtLeast(1) != true))
            throw Refusal.Of("upsample", [x], $"images (n, channels, {size.Count} of space) and lengths of at least 1 would fit", Origin.Here());
        var word = mode == UpsampleMode.Nearest ? "" : $", mode=\"{(size.Count switch { 1 => "", 2 => "bi", _ => "tri" })}linear\"{(alignCorners ? ", align_corners=true" : "")}";
        return Definition.Apply("upsample", [x], p => Enumerable.Range(0, size.Count).Aggregate(p[0], (y, i) => mode == UpsampleMode.Nearest
            ? Nearest(y, i + 2, size[i], factors[i])
            : Along(y, i + 2, Interpolation(y.Shape[i + 2], size[i], factors[i], alignCorners))), options + word);
    }

    /// <summary>Each element as often as it is read.</summary>
    private static Expr Nearest(Expr x, int axis, Dim size, double? factor)
    {
        if (Dim.Divide(size, x.Shape[axis])?.Value is { } times && (factor is null || factor == times))
            return times == 1 ? x : x.Repeat([(int)times, .. Enumerable.Repeat(1, x.Rank - axis - 1)]);
        if ((size.Value, x.Shape[axis].Value) is not (long o, long n))
            throw Refusal.Of("upsample", [x], $"the lengths {x.Shape[axis]} and {size} must be numbers, or one a multiple of the other", Origin.Here());
        var read = Enumerable.Range(0, (int)o).Select(i => factor is { } f ? Math.Min((long)Math.Floor(i / f), n - 1) : i * n / o);
        return Concatenate(read.GroupBy(j => j).Select(g => x.Slice(axis, new StridedRange(g.Key, 1)).BroadcastTo(x.Shape.With(axis, g.Count()))), axis);
    }

    /// <summary>
    /// The matrix (n, o) of linear interpolation: relu(1 − |s(i) − j|), where position i of the result lies at s(i) = i·(n − 1)/(o − 1) when
    /// corners are aligned, else at s(i) = (i + ½)·n/o − ½, cut to the axis.
    /// </summary>
    private static Expr Interpolation(Dim n, Dim o, double? factor, bool alignCorners)
    {
        var (last, i) = (SizeOf(n) - 1, Iota(o));
        var source = alignCorners
            ? i * last / Maximum(SizeOf(o) - 1, 1)
            : Minimum(Maximum((i + 0.5) * (factor is { } f ? 1 / f : SizeOf(n) / SizeOf(o)) - 0.5, 0), last);
        return (1 - (source - Iota(n).Reshape(n, 1)).Abs()).Relu();
    }

    /// <summary>A matrix (n, o) applied along an axis.</summary>
    private static Expr Along(Expr x, int axis, Expr matrix)
    {
        int[] order = [.. Enumerable.Range(0, x.Rank).Where(a => a != axis), axis];
        var moved = x.Permute(order);
        var rows = moved.Reshape(x.Shape.Without([axis]).Size, x.Shape[axis]).MatMul(matrix);
        return rows.Reshape(moved.Shape.With(x.Rank - 1, matrix.Shape[1])).Permute([.. Enumerable.Range(0, x.Rank).OrderBy(a => order[a])]);
    }

    /// <summary>(…, c·r², h, w) → (…, c, h·r, w·r): channels laid out as pixels.</summary>
    /// <exception cref="ShapeException">There are fewer than 3 axes, or r² does not divide the channels.</exception>
    public static Expr PixelShuffle(this Expr x, int factor)
    {
        if (x.Rank < 3 || factor < 1 || Dim.Divide(x.Shape[x.Rank - 3], (long)factor * factor) is not { } channels)
            throw Refusal.Of("pixel_shuffle", [x], $"images (…, channels * {factor * factor}, height, width) would fit", Origin.Here());
        return Definition.Apply("pixel_shuffle", [x], p =>
        {
            var (lead, h, w) = (x.Rank - 3, x.Shape[x.Rank - 2], x.Shape[x.Rank - 1]);
            Dim[] outer = [.. x.Shape.Dims[..lead]];
            return p[0].Reshape(new Shape([.. outer, channels, factor, factor, h, w]))
                .Permute([.. Enumerable.Range(0, lead), .. new[] { 0, 3, 1, 4, 2 }.Select(a => lead + a)])
                .Reshape(new Shape([.. outer, channels, h * factor, w * factor]));
        }, $"{factor}");
    }

    /// <summary>(…, c, h·r, w·r) → (…, c·r², h, w): the inverse of <see cref="PixelShuffle"/>.</summary>
    /// <exception cref="ShapeException">There are fewer than 3 axes, or r does not divide height and width.</exception>
    public static Expr PixelUnshuffle(this Expr x, int factor)
    {
        if (x.Rank < 3 || factor < 1 || Dim.Divide(x.Shape[x.Rank - 2], factor) is not { } h || Dim.Divide(x.Shape[x.Rank - 1], factor) is not { } w)
            throw Refusal.Of("pixel_unshuffle", [x], $"images (…, channels, height, width) with multiples of {factor} as height and width would fit", Origin.Here());
        return Definition.Apply("pixel_unshuffle", [x], p =>
        {
            var (lead, c) = (x.Rank - 3, x.Shape[x.Rank - 3]);
            Dim[] outer = [.. x.Shape.Dims[..lead]];
            return p[0].Reshape(new Shape([.. outer, c, h, factor, w, factor]))
                .Permute([.. Enumerable.Range(0, lead), .. new[] { 0, 2, 4, 1, 3 }.Select(a => lead + a)])
                .Reshape(new Shape([.. outer, c * factor * factor, h, w]));
        }, $"{factor}");
    }
}
