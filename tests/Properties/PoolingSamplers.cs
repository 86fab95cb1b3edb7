using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Properties;

/// <summary>Samplers of poolings, unfoldings, resamplings and modes of padding.</summary>
public static class PoolingSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("max_pool over any windows", typeof(Op.Call), Linearity.None, d =>
        {
            var (windows, x) = Draw(d);
            return d.Input(x, d.Distinct(x.Sizes())).MaxPool(windows, d.Coin());
        }),
        new("avg_pool", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var (windows, x) = Draw(d);
            return d.Input(x).AveragePool([.. windows.Select(w => w with { Dilation = 1 })], d.Coin(), d.Coin());
        }),
        new("sum_pool", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var (windows, x) = Draw(d);
            return d.Input(x).SumPool(windows, d.Coin());
        }),
        new("lp_pool", typeof(Op.Call), Linearity.None, d => d.Input([2, 3, 4], d.Values([2, 3, 4], () => d.Uniform(0.5, 2))).PowerPool(d.Pick(1, 2, 2.5), [d.Int(1, 2), new(2, 1)])),
        new("adaptive_max_pool", typeof(Op.Call), Linearity.None, d =>
        {
            var (counts, x) = Counted(d);
            return d.Input(x, d.Distinct(x.Sizes())).AdaptiveMaxPool(counts);
        }),
        new("adaptive_avg_pool", typeof(Op.Call), Linearity.Jointly, d => Counted(d) is var (counts, x) ? d.Input(x).AdaptiveAveragePool(counts) : 0),
        new("unfold", typeof(Op.Call), Linearity.Jointly, d => Unfolded(d) is var (windows, x) ? d.Input(x).Unfold(windows) : 0),
        new("fold", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var (windows, x) = Unfolded(d);
            var y = Expr.Variable("x", x.Shape()).Unfold(windows).Shape;
            return d.Input([x[0], (int)y[1].Value!.Value, (int)y[2].Value!.Value]).Fold([.. x[2..].Select(l => l.Dim)], windows);
        }),
        new("upsample", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var x = Image(d, d.Int(1, 2));
            if (d.Coin()) return d.Input(x).Upsample([.. x[2..].Select(_ => d.Pick(1, 2, 3.0))], d.Pick(UpsampleMode.Nearest, UpsampleMode.Linear));
            var linear = d.Coin();
            return d.Input(x).Upsample([.. x[2..].Select(_ => (Dim)d.Int(1, 5))], linear ? UpsampleMode.Linear : UpsampleMode.Nearest, linear && d.Coin());
        }),
        new("pixel_shuffle", typeof(Op.Call), Linearity.Jointly, d => d.Input([First(d), 4, d.Int(1, 2), d.Int(1, 2)]).PixelShuffle(d.Int(1, 2))),
        new("pixel_unshuffle", typeof(Op.Call), Linearity.Jointly, d => d.Input([First(d), d.Int(1, 2), 2, 2 * d.Int(1, 2)]).PixelUnshuffle(d.Int(1, 2))),
        new("pad by a mode", typeof(Op.Call), Linearity.Jointly, d =>
        {
            Length[] x = [First(d), 3, d.Int(1, 3)];
            var mode = d.Pick(PadMode.Reflect, PadMode.Replicate, PadMode.Circular, PadMode.Symmetric);
            int Width(int most) => d.Int(0, mode == PadMode.Reflect ? most - 1 : most);
            return d.Input(x).Pad([(0, mode == PadMode.Replicate ? d.Int(0, 2) : 0), (Width(3), Width(3)), (Width(x[2].Size), Width(x[2].Size))], mode);
        }),
        new("pad by a value", typeof(Op.Call), Linearity.None, d =>
        {
            var x = d.Lengths(most: 8);
            return d.Input(x).Pad([.. x.Select(_ => (d.Int(0, 2), d.Int(0, 2)))], PadMode.Constant, d.Signed());
        }),
    ];

    private static Length First(Draw d) => d.Int(0, 3) == 0 ? d.Named() : d.Int(1, 2);

    private static Length[] Image(Draw d, int space) => [First(d), d.Int(1, 2), .. Enumerable.Range(0, space).Select(_ => (Length)d.Int(1, 4))];

    private static (PoolWindow[] Windows, Length[] X) Draw(Draw d)
    {
        var r = d.Pick(1, 1, 2, 2, 3);
        PoolWindow[] windows = [.. Enumerable.Range(0, r).Select(_ =>
        {
            var taps = d.Int(1, 3);
            return new PoolWindow(taps, d.Coin() ? null : d.Int(1, 3), d.Int(0, taps / 2), r == 3 || d.Coin() ? 1 : 2);
        })];
        return (windows, [First(d), .. windows.Select(w => (Length)(w.Axis.Span + d.Int(0, r == 3 ? 1 : 3)))]);
    }

    private static (int[] Counts, Length[] X) Counted(Draw d)
    {
        var r = d.Int(1, 2);
        return ([.. Enumerable.Range(0, r).Select(_ => d.Int(1, 4))], [First(d), .. Enumerable.Range(0, r).Select(_ => (Length)d.Int(1, 5))]);
    }

    private static (PoolWindow[] Windows, Length[] X) Unfolded(Draw d)
    {
        PoolWindow[] windows = [.. Enumerable.Range(0, d.Int(1, 2)).Select(_ => new PoolWindow(d.Int(1, 2), d.Int(1, 2), d.Int(0, 1), d.Int(1, 2)))];
        return (windows, [First(d), d.Int(1, 2), .. windows.Select(w => (Length)(w.Axis.Span + d.Int(0, 1)))]);
    }
}
