using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Properties;

/// <summary>Samplers of windows over one, two and three axes, and of what reduces them.</summary>
public static class WindowSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("windows", typeof(Op.Windows), Linearity.Jointly, d =>
        {
            var (taps, x) = Draw(d);
            return Expr.Of(new Op.Windows(taps), d.Input(x));
        }),
        new("fold_windows", typeof(Op.FoldWindows), Linearity.Jointly, d =>
        {
            var (taps, x) = Draw(d);
            return Expr.Of(new Op.FoldWindows(taps, Spatial(x, taps)), d.Input(Windowed(x, taps)));
        }),
        new("fold_windows of what is permuted or broadcast", typeof(Op.FoldWindows), Linearity.Jointly, d =>
        {
            var (taps, x) = Draw(d);
            var windows = Windowed(x, taps);
            var lead = x.Length - taps.Count;
            int[] order = [.. Enumerable.Range(0, lead), .. d.Shuffled(2 * taps.Count).Select(a => lead + a)];
            var read = d.Coin()
                ? d.Input(Inverse(order).Select(a => windows[a]).ToList()).Permute(order)
                : d.Input(windows.Select(l => l.Dim.Value is not null && d.Coin() ? 1 : l).ToList()).BroadcastTo(windows.Shape());
            return Expr.Of(new Op.FoldWindows(taps, Spatial(x, taps)), read);
        }),
        new("windows permuted", typeof(Op.Windows), Linearity.Jointly, d =>
        {
            var (taps, x) = Draw(d);
            var windows = Expr.Of(new Op.Windows(taps), d.Input(x));
            return windows.Permute(d.Shuffled(windows.Rank));
        }),
        new("sum of windows", typeof(Op.Windows), Linearity.Jointly, d =>
        {
            var (taps, x) = Draw(d);
            var windows = Expr.Of(new Op.Windows(taps), d.Input(x));
            return windows.Sum([.. Enumerable.Range(x.Length, taps.Count)]);
        }),
        new("max of windows", typeof(Op.Windows), Linearity.None, d =>
        {
            var (taps, x) = Draw(d);
            var windows = Expr.Of(new Op.Windows(taps), d.Input(x, d.Distinct(x.Sizes())));
            return windows.Max([.. Enumerable.Range(x.Length, taps.Count)], ties: d.Pick(OpSamplers.Ties));
        }),
    ];

    private static (Sequence<TapAxis> Taps, Length[] X) Draw(Draw d)
    {
        var r = d.Pick(1, 1, 2, 2, 3);
        var taps = Enumerable.Range(0, r).Select(_ => new TapAxis(d.Int(1, r == 3 ? 2 : 3), d.Int(1, 3), d.Int(1, 2))).ToSequence();
        Length[] lead = [.. Enumerable.Range(0, d.Int(0, r == 3 ? 1 : 2)).Select(i => i == 0 && d.Int(0, 3) == 0 ? d.Named() : (Length)d.Int(1, 2))];
        return (taps, [.. lead, .. taps.Select(t => (Length)(t.Span + d.Int(0, r == 1 ? 5 : 2)))]);
    }

    private static Shape Spatial(Length[] x, Sequence<TapAxis> taps) => new([.. x[^taps.Count..].Select(l => l.Dim)]);

    private static Length[] Windowed(Length[] x, Sequence<TapAxis> taps) =>
    [
        .. x[..^taps.Count],
        .. taps.Select((t, i) => (Length)(int)t.Count(x[x.Length - taps.Count + i].Size).Value!.Value),
        .. taps.Select(t => (Length)t.Taps),
    ];

    private static IEnumerable<int> Inverse(int[] order) => Enumerable.Range(0, order.Length).OrderBy(i => order[i]);
}
