using System.Collections.Immutable;
using AutoDiffAE.Graph;
using static AutoDiffAE.Properties.Sampler;

namespace AutoDiffAE.Properties;

public static class NormalizationSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        Any("batch_norm, instance_norm, group_norm", Linearity.None,
            d =>
            {
                var x = d.Coin() ? d.Input([d.Named(), 2, 3]) : d.Input([d.Named(), 2]);
                var given = d.Coin();
                return x.BatchNorm(given ? d.Input([2]) : null, given ? d.Input([2]).Exp() : null,
                    d.Coin() ? d.Input([2]) : null, d.Coin() ? d.Input([2]) : null, Eps(d));
            },
            d => d.Input([d.Named(), 2, 3, 2]).InstanceNorm(d.Coin() ? d.Input([2]) : null, d.Coin() ? d.Input([2]) : null, Eps(d)),
            d => d.Input([d.Named(), 4, 2]).GroupNorm(d.Pick(1, 2, 4), d.Coin() ? d.Input([4]) : null, d.Coin() ? d.Input([4]) : null, Eps(d))),
        Any("standardize, layer_norm, rms_norm, local_response_norm", Linearity.None,
            d => d.Lengths() is var x ? d.Input(x).Standardize(d.Coin() ? null : d.Subset(x.Length), Eps(d)) : 0,
            d => d.Coin()
                ? d.Input([d.Named(), 3, 2]).LayerNorm([3, 2], d.Coin() ? d.Input([3, 2]) : null, d.Coin() ? d.Input([3, 2]) : null, Eps(d))
                : d.Input([d.Named(), 3]).LayerNorm([3], d.Coin() ? d.Input([3]) : null, null, Eps(d)),
            d => d.Input([d.Named(), 3]).RmsNorm([3], d.Coin() ? d.Input([3]) : null, Eps(d)),
            d => d.Input(d.Coin() ? [d.Named(), 4, 2] : [2, 3]).LocalResponseNorm(d.Int(1, 5), d.Pick(1e-4, 0.5), d.Pick(0.75, 0.5), d.Pick(1, 2))),
    ];

    /// <summary>Large enough that no spread of a few elements makes a gradient steep.</summary>
    private static double Eps(Draw d) => d.Pick(0.25, 0.5);
}
