using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Tests.Properties;

/// <summary>Softmax and its kin, statistics, norms and attention.</summary>
public static class SoftmaxSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        Along("softmax", Linearity.None, (x, axis) => x.Softmax(axis)),
        Along("log_softmax", Linearity.None, (x, axis) => x.LogSoftmax(axis)),
        Along("softmin", Linearity.None, (x, axis) => x.Softmin(axis)),
        Of("glu", d => d.Input([d.Int(1, 3), 2 * d.Int(1, 3), d.Int(1, 2)]).Glu(d.Pick(1, -2))),
        Of("prelu", d => d.Coin() ? d.Input([d.Named(), 3, 2]).Prelu(d.Input([3])) : d.Input([d.Named(), 3]).Prelu(d.Input([1]))),
        Over("logsumexp", (x, axes, keep, _) => x.LogSumExp(axes, keep)),
        Over("var", (x, axes, keep, d) => x.Var(axes, d.Coin() ? 0 : -1, keep)),
        Of("var with ddof", d => d.Input([d.Int(3, 5), d.Int(1, 3)]).Var([0], d.Int(1, 2))),
        Of("std", d => d.Input([d.Named(), d.Int(2, 4)]) is var x ? (x + Distinct(d, x)).Std([1], d.Int(0, 1), d.Coin()) : x),
        Of("norm", d => d.Input([d.Named(), d.Int(2, 4)], varies: true) is var x
            ? (d.Pick(2, 2, 1, 3, 1.5, double.PositiveInfinity, double.NegativeInfinity) is var p && double.IsInfinity(p)
                ? (0.01 * x + Distinct(d, x)).Norm(p, [1], d.Coin())
                : (0.5 * x.Tanh() + 2).Norm(p, [1], d.Coin())) : x),
        Of("normalize", d => (0.5 * d.Input([d.Named(), 3]).Tanh() + 1).Normalize(d.Pick(2, 3), d.Pick(0, 1))),
        Of("cosine_similarity", d => Formulas.CosineSimilarity(d.Input([d.Named(), 3]) + Shift(d), d.Input(d.Coin() ? [d.Named(), 3] : [1, 3]) - Shift(d), 1)),
        Of("scaled_dot_product_attention", Attention),
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

    private static Sampler Of(string name, Func<Draw, Expr> build) => new(name, typeof(Op.Call), Linearity.None, build);

    private static Sampler Along(string name, Linearity linearity, Func<Expr, int, Expr> build) => new(name, typeof(Op.Call), linearity, d =>
    {
        var x = d.Lengths(1);
        return build(d.Input(x), d.Int(-x.Length, x.Length - 1));
    });

    private static Sampler Over(string name, Func<Expr, int[]?, bool, Draw, Expr> build) => Of(name, d =>
    {
        var x = d.Lengths();
        return build(d.Input(x), d.Coin() ? null : d.Subset(x.Length), d.Coin(), d);
    });

    private static double Shift(Draw d) => d.Coin() ? 3 : -3;

    /// <summary>Values far apart along the last axis, so that nothing ties and no spread is 0.</summary>
    private static Expr Distinct(Draw d, Expr x) => Formulas.Iota(x.Shape.Dims[^1]) * 4 + (d.Coin() ? 7 : 9);
}
