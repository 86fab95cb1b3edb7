using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Language.Keywords;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>Max-pooling over whole windows of the last axes; an incomplete window is dropped. The first of tied maxima has the cotangent.</summary>
    public static Expr MaxPool(this Expr x, params ReadOnlySpan<int> sizes) => MaxPool(x, [.. sizes.ToArray().Select(s => (PoolWindow)s)]);

    /// <summary>The maximum of each window of the last axes; padding is −∞. The first of tied maxima has the cotangent.</summary>
    /// <param name="ceilMode">A window at the end that is not whole counts too, if it starts on the axis or in the padding before it.</param>
    /// <exception cref="ShapeException">There are fewer axes than windows, a window does not fit, or the padding is more than half of one.</exception>
    public static Expr MaxPool(this Expr x, IReadOnlyList<PoolWindow> windows, bool ceilMode = false) => Pool(
        "max_pool", x, windows, ceilMode, double.NegativeInfinity, (y, axes) => y.Max(axes, ties: TieRule.First), PoolOptions(windows, ceilMode));

    /// <summary>The sum of each window of the last axes.</summary>
    /// <inheritdoc cref="MaxPool(Expr, IReadOnlyList{PoolWindow}, bool)"/>
    public static Expr SumPool(this Expr x, IReadOnlyList<PoolWindow> windows, bool ceilMode = false) =>
        Pool("sum_pool", x, windows, ceilMode, 0, (y, axes) => y.Sum(axes), PoolOptions(windows, ceilMode));

    /// <summary>The mean of each window of the last axes.</summary>
    /// <param name="countPadding">Zeros of the padding count as elements; what a window has beyond the padding never does.</param>
    /// <inheritdoc cref="MaxPool(Expr, IReadOnlyList{PoolWindow}, bool)"/>
    public static Expr AveragePool(this Expr x, IReadOnlyList<PoolWindow> windows, bool ceilMode = false, bool countPadding = true)
    {
        if (windows.Any(w => w.Dilation != 1)) throw Refusal.Of("avg_pool", [x], "windows with gaps are not averaged: a dilation of 1 would do", Origin.Here());
        return Pool("avg_pool", x, windows, ceilMode, 0,
            (y, axes) => y.Sum(axes) is var sum ? sum / Counted(x.Shape, sum.Shape, windows, ceilMode, countPadding) : y,
            PoolOptions(windows, ceilMode) + (countPadding ? "" : ", count_include_pad=false"));
    }

    /// <summary>(Σ xᵖ)^(1/p) of each window of the last axes.</summary>
    /// <inheritdoc cref="MaxPool(Expr, IReadOnlyList{PoolWindow}, bool)"/>
    public static Expr PowerPool(this Expr x, double power, IReadOnlyList<PoolWindow> windows) => Definition.Apply(
        "lp_pool", [x], p => p[0].Pow(power).SumPool(windows).Pow(1 / power), $"{Printer.Number(power)}, {PoolOptions(windows, false)}");

    /// <summary>The maximum over all axes from the third on; the first of tied maxima has the cotangent.</summary>
    public static Expr GlobalMaxPool(this Expr x) => x.Max(Space(x), ties: TieRule.First);

    /// <summary>The mean over all axes from the third on.</summary>
    public static Expr GlobalAveragePool(this Expr x) => x.Mean(Space(x));

    /// <summary>The sum over all axes from the third on.</summary>
    public static Expr GlobalSumPool(this Expr x) => x.Sum(Space(x));

    private static int[] Space(Expr x) => [.. Enumerable.Range(2, Math.Max(0, x.Rank - 2))];

    private static string PoolOptions(IReadOnlyList<PoolWindow> windows, bool ceilMode) => Language.Keywords.Of(
        Tuple(windows.Select(w => w.Taps)),
        windows.All(w => w.Axis.Stride == w.Taps) ? null : $"stride={Tuple(windows.Select(w => w.Axis.Stride))}",
        windows.All(w => w.Padding == 0) ? null : $"padding={Tuple(windows.Select(w => w.Padding))}",
        windows.All(w => w.Dilation == 1) ? null : $"dilation={Tuple(windows.Select(w => w.Dilation))}",
        ceilMode ? "ceil_mode=true" : null);

    private static Expr Pool(
        string name, Expr x, IReadOnlyList<PoolWindow> windows, bool ceil, double outside, Func<Expr, int[], Expr> reduce, string options)
    {
        if (windows.Count > x.Rank) throw Refusal.Of(name, [x], $"windows over {windows.Count} axes need as many axes", Origin.Here());
        if (windows.Any(w => w is not { Taps: >= 1, Axis.Stride: >= 1, Dilation: >= 1 }))
            throw Refusal.Of(name, [x], "sizes, strides and dilations of windows are at least 1", Origin.Here());
        if (windows.Any(w => w.Padding < 0 || 2 * w.Padding > w.Taps))
            throw Refusal.Of(name, [x], $"a padding of {Tuple(windows.Select(w => w.Padding))} is not between 0 and half of a window of {Tuple(windows.Select(w => w.Taps))}", Origin.Here());
        return Definition.Apply(name, [x], p =>
        {
            var lead = p[0].Rank - windows.Count;
            (int, int)[] widths = [.. p[0].Shape.Select((d, i) => i < lead ? (0, 0) : (windows[i - lead].Padding, After(windows[i - lead], d, ceil)))];
            var padded = widths.All(w => w == (0, 0)) ? p[0] : p[0].Pad(widths, PadMode.Constant, outside);
            // Tiles are cropped, which a length that is named and no multiple cannot be; then they are windows like others.
            return windows.Select((w, i) => w.Axis.Tiles && IsCropped(padded.Shape[lead + i], w.Taps)).All(tiles => tiles)
                ? reduce(Tiled(padded, [.. windows.Select(w => w.Taps)]), [.. windows.Select((_, i) => lead + 2 * i + 1)])
                : reduce(Expr.Of(new Op.Windows(windows.Select(w => w.Axis).ToSequence()), padded), [.. windows.Select((_, i) => p[0].Rank + i)]);
        }, options);
    }

    /// <summary>What is added behind an axis of windows, and no more than they read where the length is known.</summary>
    private static int After(PoolWindow window, Dim length, bool ceil)
    {
        var high = window.High(ceil);
        if (length.Value is not { } n || !ceil) return high;
        var starts = (n + window.Padding + high - window.Axis.Span) / window.Axis.Stride * window.Axis.Stride;
        return (int)Math.Clamp(starts + window.Axis.Span - n - window.Padding, 0, high);
    }

    private static bool IsCropped(Dim length, int taps) => length.Value is not null || Dim.Divide(length, taps) is not null;

    /// <summary>(…, s₁, s₂) → (…, s₁/k₁, k₁, s₂/k₂, k₂); what is left at the end is dropped.</summary>
    private static Expr Tiled(Expr x, int[] sizes)
    {
        var lead = x.Rank - sizes.Length;
        var counts = sizes.Select((size, i) => Dim.FloorDivide(x.Shape[lead + i], size)).ToList();
        var whole = sizes.Select((size, i) => counts[i] * size).ToList();
        var cropped = x.Shape.Dims[lead..].SequenceEqual(whole) ? x : x.Slice(
            [.. x.Shape.Select((d, i) => i < lead ? StridedRange.All(d) : new StridedRange(0, whole[i - lead]))]);
        return cropped.Reshape(new Shape([.. x.Shape.SelectMany<Dim, Dim>((d, i) => i < lead ? [d] : [counts[i - lead], sizes[i - lead]])]));
    }

    /// <summary>The number of elements that each window has on its axes: min(start + k, end) − max(start, begin) along each.</summary>
    private static Expr Counted(Shape x, Shape pooled, IReadOnlyList<PoolWindow> windows, bool ceil, bool countPadding)
    {
        var lead = x.Rank - windows.Count;
        Expr count = 1;
        for (var i = 0; i < windows.Count; i++)
        {
            var (w, axis) = (windows[i], lead + i);
            if (w.IsFull(ceil, countPadding))
            {
                count *= w.Taps;
                continue;
            }
            var margin = countPadding ? w.Padding : 0;
            var start = Iota(pooled[axis]).Reshape(new Shape([pooled[axis], .. Enumerable.Repeat((Dim)1, x.Rank - axis - 1)])) * w.Axis.Stride - w.Padding;
            count *= Minimum(start + w.Taps, SizeOf(x[axis]) + margin) - Maximum(start, -margin);
        }
        return count;
    }
}
