using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Properties;

/// <summary>Samplers of the three legs of convolution over one, two and three axes of space.</summary>
public static class ConvolutionSamplers
{
    public static readonly ImmutableArray<Sampler> All =
        [.. new[] { Leg.Output, Leg.Input, Leg.Kernel }.Select(leg =>
            new Sampler($"convolution, {leg} open", typeof(Op.Convolution), Linearity.Separately, d => Build(leg, d)))];

    private static Expr Build(Leg leg, Draw d)
    {
        var rank = d.Pick(1, 1, 2, 2, 2, 3);
        var widest = rank == 1 ? 6 : rank == 2 ? 4 : 2;
        var groups = d.Pick(1, 1, 2);
        var (channels, filters) = (groups * d.Int(1, 3 - groups), groups * d.Int(1, 3 - groups));
        var windows = new WindowAxis[rank];
        var (image, taps) = (new int[rank], new int[rank]);
        for (var i = 0; i < rank; i++)
        {
            windows[i] = new(d.Int(1, 3), d.Int(1, 2), d.Int(0, 2), d.Int(0, 2));
            taps[i] = d.Int(1, Math.Min(3, widest));
            var span = windows[i].Dilation * (taps[i] - 1) + 1;
            var least = Math.Max(1, span - windows[i].Low - windows[i].High);
            image[i] = d.Int(least, Math.Max(least, widest));
        }
        var form = new ConvolutionForm(windows.ToSequence(), groups, d.Coin());
        Length batch = d.Int(0, 3) == 0 ? d.Named() : d.Int(1, 2);
        Length[] x = [batch, channels, .. image.Select(s => (Length)s)];
        Length[] w = [filters, channels / groups, .. taps.Select(s => (Length)s)];
        Length[] y = [batch, filters, .. windows.Select((a, i) => (Length)(int)a.Count(image[i], taps[i]).Value!.Value)];
        var (first, second, open) = leg switch
        {
            Leg.Output => (x, w, Shape.Scalar),
            Leg.Input => (y, w, Shape.Of(image)),
            _ => (x, y, Shape.Of(taps)),
        };
        return Expr.Of(new Op.Convolution(form, leg, open), d.Input(first), d.Input(second));
    }
}
