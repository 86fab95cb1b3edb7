using System.Collections.Immutable;
using AutoDiffAE.Graph;
using static AutoDiffAE.Properties.Sampler;

namespace AutoDiffAE.Properties;

/// <summary>Losses, away from their kinks.</summary>
public static class LossSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        Any("losses of differences", Linearity.None,
            d => Formulas.MseLoss(d.Input([d.Named(), 2]), d.Input([d.Named(), 2]), By(d)),
            d => Formulas.L1Loss(d.Input([d.Named(), 2]), Far(d), By(d)),
            d => d.Coin()
                ? Formulas.HuberLoss(d.Input([d.Named(), 2]), Far(d), d.Pick(0.75, 1.5), By(d))
                : Formulas.HuberLoss(d.Input([d.Named(), 2]), d.Input([d.Named(), 2]), 3.5, By(d)),
            d => Formulas.SmoothL1Loss(d.Input([d.Named(), 2]), Far(d), d.Pick(0.5, 1, 0), By(d))),
        Any("losses of distributions", Linearity.None,
            d => d.Coin()
                ? Formulas.KlDiv(d.Input([d.Named(), 2]), d.Input([d.Named(), 2]).Sigmoid(), false, By(d))
                : Formulas.KlDiv(d.Input([d.Named(), 2]), d.Input([d.Named(), 2]), true, By(d)),
            d => d.Coin()
                ? Formulas.PoissonNllLoss(d.Input([d.Named(), 2]), d.Input([d.Named(), 2]) + 3, true, d.Coin(), reduction: By(d))
                : Formulas.PoissonNllLoss(d.Input([d.Named(), 2]).Exp(), d.Input([d.Named(), 2]) + 3, false, d.Coin(), d.Pick(1e-8, 0.5), By(d)),
            d => Formulas.GaussianNllLoss(d.Input([d.Named(), 2]), d.Input([d.Named(), 2]), d.Input([d.Named(), 2]).Exp(), d.Coin(), reduction: By(d)),
            d => Formulas.BinaryCrossEntropy(d.Input([d.Named(), 2]).Sigmoid(), d.Input([d.Named(), 2]), d.Coin() ? null : d.Input([2]), By(d)),
            d => Formulas.BinaryCrossEntropyWithLogits(
                d.Input([d.Named(), 2]), d.Input([d.Named(), 2]), d.Coin() ? null : d.Input([d.Named(), 1]), d.Coin() ? null : d.Input([2]), By(d))),
        Any("losses of classes", Linearity.None,
            d => Labels(d, out var shape) is var t
                ? Formulas.CrossEntropy(d.Input(shape), t, d.Coin() ? null : Weights(d), 1, d.Pick(0, 0.25), By(d)) : t,
            d => Formulas.CrossEntropy(
                d.Input([d.Named(), 3, 2]), d.Input([d.Named(), 3, 2]), d.Coin() ? null : d.Input([3]), labelSmoothing: d.Pick(0, 0.25), reduction: By(d)),
            d => Formulas.CrossEntropy(d.Input([3]), d.Coin() ? 2 : d.Input([3]), reduction: By(d)),
            d => Labels(d, out var shape) is var t ? Formulas.NllLoss(d.Input(shape), t, d.Coin() ? null : Weights(d), 1, By(d)) : t),
        Any("losses with margins", Linearity.None,
            d => Formulas.HingeLoss(d.Input([d.Named(), 2]) + d.Pick(3, -4), Signs(d), By(d)),
            d => Formulas.HingeEmbeddingLoss(d.Input([d.Named(), 2]), Signs(d), d.Pick(2, -2, 3), By(d)),
            d => Formulas.SoftMarginLoss(d.Input([d.Named(), 2]), Signs(d), By(d)),
            d => Formulas.MarginRankingLoss(d.Input([d.Named(), 2]), Far(d), Signs(d), d.Pick(0, 0.5), By(d)),
            d => Formulas.CosineEmbeddingLoss(d.Input([2, 3]) + 2, 0.25 * d.Input([2, 3]) + 3, SignsOf(d, 2), d.Pick(0, 0.25), By(d))),
    ];

    private static Reduction By(Draw d) => d.Pick(Reduction.Mean, Reduction.Sum, Reduction.None, Reduction.BatchMean);

    /// <summary>Targets further from a prediction within ±1.5 than any threshold in use.</summary>
    private static Expr Far(Draw d) => d.Input([d.Named(), 2]) + d.Pick(5, -5);

    private static Expr Signs(Draw d) => SignsOf(d, d.Named(), 2);

    private static Expr SignsOf(Draw d, params Length[] lengths) => d.Input(lengths, d.Values(lengths.Sizes(), () => d.Coin() ? 1 : -1), varies: false);

    /// <summary>Positive, and not 0 for the class of which there always is a target.</summary>
    private static Expr Weights(Draw d) => d.Input([3]).Exp();

    private static Expr Labels(Draw d, out Length[] scores)
    {
        Length[] labels = d.Coin() ? [d.Named()] : [d.Named(), 2];
        scores = [labels[0], 3, .. labels[1..]];
        var first = true;
        return d.Input(labels, d.Values(labels.Sizes(), () => { var label = first ? 0 : d.Int(0, 2); first = false; return label; }), varies: false);
    }
}
