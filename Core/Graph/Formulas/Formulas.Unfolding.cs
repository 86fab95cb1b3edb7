using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Language.Keywords;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>Windows over the last axes: (lead…, s₁…) → (lead…, o₁…, k₁…), without padding.</summary>
    /// <exception cref="ShapeException">A window spans more than its axis, or there are not 1 to 3 axes of windows.</exception>
    public static Expr Windows(this Expr x, params IReadOnlyList<TapAxis> taps) => Expr.Of(new Op.Windows(taps.ToSequence()), x);

    /// <summary>
    /// The windows of images (n, c, space…), zeros around them, as columns: (n, c·k₁·k₂…, o₁·o₂…), PyTorch's unfold. A stride that is not
    /// given is 1.
    /// </summary>
    /// <exception cref="ShapeException">There is not a window for each axis of space, or one does not fit.</exception>
    public static Expr Unfold(this Expr x, params IReadOnlyList<PoolWindow> windows)
    {
        if (x.Rank != windows.Count + 2) throw Refusal.Of("unfold", [x], $"images (n, channels, {windows.Count} of space) would fit", Origin.Here());
        return Definition.Apply("unfold", [x], p =>
        {
            var y = p[0].Pad([(0, 0), (0, 0), .. windows.Select(w => (w.Padding, w.Padding))]).Windows([.. windows.Select(Unit)]);
            int[] taps = [.. windows.Select((_, i) => 2 + windows.Count + i)], places = [.. windows.Select((_, i) => 2 + i)];
            return y.Permute([0, 1, .. taps, .. places]).Reshape(
                y.Shape[0], taps.Aggregate(y.Shape[1], (n, a) => n * y.Shape[a]), places.Aggregate((Dim)1, (n, a) => n * y.Shape[a]));
        }, UnfoldOptions(windows));
    }

    /// <summary>The adjoint of <see cref="Unfold"/>: columns (n, c·k₁·k₂…, o₁·o₂…) added where they lie in images (n, c, space…), PyTorch's fold.</summary>
    /// <exception cref="ShapeException">The images have other windows.</exception>
    public static Expr Fold(this Expr x, IReadOnlyList<Dim> size, params IReadOnlyList<PoolWindow> windows)
    {
        var taps = windows.Select(w => w.Taps).Aggregate(1, (a, b) => a * b);
        if (x.Rank != 3 || size.Count != windows.Count || taps < 1 || Dim.Divide(x.Shape[1], taps) is not { } channels)
            throw Refusal.Of("fold", [x], $"columns (n, channels * {taps}, windows) and a length for each axis of windows would fit", Origin.Here());
        return Definition.Apply("fold", [x], p =>
        {
            var r = windows.Count;
            var padded = new Shape([.. size.Select((s, i) => s + 2 * windows[i].Padding)]);
            var y = p[0].Reshape(new Shape([p[0].Shape[0], channels, .. windows.Select(w => (Dim)w.Taps), .. windows.Select((w, i) => Unit(w).Count(padded[i]))]))
                .Permute([0, 1, .. Enumerable.Range(2 + r, r), .. Enumerable.Range(2, r)]);
            var folded = Expr.Of(new Op.FoldWindows(windows.Select(Unit).ToSequence(), padded), y);
            return folded.Slice([.. folded.Shape.Select((d, i) => i < 2 ? StridedRange.All(d) : new StridedRange(windows[i - 2].Padding, size[i - 2]))]);
        }, $"{Tuple(size)}, {UnfoldOptions(windows)}");
    }

    private static TapAxis Unit(PoolWindow w) => new(w.Taps, w.Stride ?? 1, w.Dilation);

    private static string UnfoldOptions(IReadOnlyList<PoolWindow> windows) => Language.Keywords.Of(
        Tuple(windows.Select(w => w.Taps)),
        windows.All(w => w.Dilation == 1) ? null : $"dilation={Tuple(windows.Select(w => w.Dilation))}",
        windows.All(w => w.Padding == 0) ? null : $"padding={Tuple(windows.Select(w => w.Padding))}",
        windows.All(w => (w.Stride ?? 1) == 1) ? null : $"stride={Tuple(windows.Select(w => w.Stride ?? 1))}");
}
