using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>
    /// softmax(scale · query keyᵀ + bias) value for queries (…, L, e), keys (…, S, e) and values (…, S, v): (…, L, v). A query that may look
    /// at no key gives 0.
    /// </summary>
    /// <param name="query">(…, L, e)</param>
    /// <param name="key">(…, S, e)</param>
    /// <param name="value">(…, S, v)</param>
    /// <param name="mask">Not 0 where a query may look at a key, broadcast to (…, L, S).</param>
    /// <param name="bias">Added to the scores, broadcast to (…, L, S).</param>
    /// <param name="isCausal">Query i may look at the keys 0 … i only.</param>
    /// <param name="scale">1 / √e when it is not given.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Expr ScaledDotProductAttention(
        Expr query, Expr key, Expr value, Expr? mask = null, Expr? bias = null, bool isCausal = false, double? scale = null)
    {
        if (query.Rank < 2 || key.Rank < 2 || value.Rank < 2)
            throw Refusal.Of("scaled_dot_product_attention", [query, key, value], "each must have at least two axes: (…, length, features)", Origin.Here());
        return Definition.Apply("scaled_dot_product_attention", [query, key, value], [("mask", mask), ("bias", bias)], (p, o) =>
        {
            var factor = scale is { } s ? (Expr)s : SizeOf(query.Shape.Dims[^1]).Rsqrt();
            var scores = (p[0] * factor).MatMul(p[1].Transpose());
            if (o[1] is { } added) scores += added;
            var causal = isCausal ? Expr.GreaterOrEqual(Iota(query.Shape.Dims[^2]).Unsqueeze(1), Iota(key.Shape.Dims[^2])) : null;
            var seen = o[0] is { } given ? causal is null ? given : Where(causal, given, 0) : causal;
            if (seen is null) return scores.Softmax().MatMul(p[2]);
            var weights = Where(seen, scores, double.NegativeInfinity).Softmax();
            return Where(seen, weights, 0).MatMul(p[2]);
        }, Keywords.Of(Keywords.Flag("is_causal", isCausal), scale is { } given ? $"scale={Printer.Number(given)}" : null));
    }
}
