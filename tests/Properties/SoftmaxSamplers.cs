using System.Collections.Immutable;
using AutoDiffAE.Graph;
using static AutoDiffAE.Properties.Sampler;

namespace AutoDiffAE.Properties;

/// <summary>Softmax and its kin, statistics, norms and attention.</summary>
public static class SoftmaxSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        Any("softmax, log_softmax, softmin, glu, prelu", Linearity.None,
            Along((x, axis) => x.Softmax(axis)),
            Along((x, axis) => x.LogSoftmax(axis)),
            Along((x, axis) => x.Softmin(axis)),
            d => d.Input([d.Int(1, 3), 2 * d.Int(1, 3), d.Int(1, 2)]).Glu(d.Pick(1, -2)),
            d => d.Coin() ? d.Input([d.Named(), 3, 2]).Prelu(d.Input([3])) : d.Input([d.Named(), 3]).Prelu(d.Input([1]))),
        Any("logsumexp, var", Linearity.None,
            Over((x, axes, keep, _) => x.LogSumExp(axes, keep)),
            Over((x, axes, keep, d) => x.Var(axes, d.Coin() ? 0 : -1, keep)),
            d => d.Input([d.Int(3, 5), d.Int(1, 3)]).Var([0], d.Int(1, 2))),
        Any("std, norm, normalize, cosine_similarity", Linearity.None,
            d => d.Input([d.Named(), d.Int(2, 4)]) is var x ? (x + Distinct(d, x)).Std([1], d.Int(0, 1), d.Coin()) : x,
            d => d.Input([d.Named(), d.Int(2, 4)], varies: true) is var x
                ? (d.Pick(2, 2, 1, 3, 1.5, double.PositiveInfinity, double.NegativeInfinity) is var p && double.IsInfinity(p)
                    ? (0.01 * x + Distinct(d, x)).Norm(p, [1], d.Coin())
                    : (0.5 * x.Tanh() + 2).Norm(p, [1], d.Coin())) : x,
            d => (0.5 * d.Input([d.Named(), 3]).Tanh() + 1).Normalize(d.Pick(2, 3), d.Pick(0, 1)),
            d => Formulas.CosineSimilarity(d.Input([d.Named(), 3]) + Shift(d), d.Input(d.Coin() ? [d.Named(), 3] : [1, 3]) - Shift(d), 1)),
        Any("scaled_dot_product_attention", Linearity.None, Attention),
    ];

    private static Expr Attention(Draw d)
    {
        Length[] lead = d.Pick<Length[]>([], [d.Named()], [2, d.Named()]);
        var (queries, keys, features) = (d.Int(1, 3), d.Int(1, 3), d.Int(1, 2));
        var mask = d.Coin() ? d.Input([queries, keys], d.Values([queries, keys], () => d.Int(0, 2) > 0 ? 1 : 0), varies: false) : null;
        var bias = d.Coin() ? d.Input([keys]) : null;
        return Formulas.ScaledDotProductAttention(
            d.Input([.. lead, queries, features]), d.Input([.. lead, keys, features]), d.Input([.. lead, keys, 2]), mask, bias, d.Coin(), d.Coin() ? 0.5 : null);
    }

    private static Func<Draw, Expr> Along(Func<Expr, int, Expr> build) => d =>
    {
        var x = d.Lengths(1);
        return build(d.Input(x), d.Int(-x.Length, x.Length - 1));
    };

    private static Func<Draw, Expr> Over(Func<Expr, int[]?, bool, Draw, Expr> build) => d =>
    {
        var x = d.Lengths();
        return build(d.Input(x), d.Coin() ? null : d.Subset(x.Length), d.Coin(), d);
    };

    private static double Shift(Draw d) => d.Coin() ? 3 : -3;

    /// <summary>Values far apart along the last axis, so that nothing ties and no spread is 0.</summary>
    private static Expr Distinct(Draw d, Expr x) => Formulas.Iota(x.Shape.Dims[^1]) * 4 + (d.Coin() ? 7 : 9);
}
