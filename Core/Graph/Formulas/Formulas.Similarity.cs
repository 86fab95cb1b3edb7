using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>x / max(‖x‖, ε) along an axis.</summary>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public static Expr Normalize(this Expr x, double order = 2, int axis = 1, double eps = 1e-12) =>
        Definition.Apply("normalize", [x], p => p[0] / Maximum(p[0].Norm(order, [axis], keepDims: true), eps),
            Keywords.Of(Keywords.Number("p", order, 2), $"axis={x.Shape.Axis(axis)}", Keywords.Number("eps", eps, 1e-12)));

    /// <summary>Σ a b / (max(‖a‖, ε) max(‖b‖, ε)) along an axis of both after broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast, or the axis does not exist.</exception>
    public static Expr CosineSimilarity(Expr a, Expr b, int axis = 1, double eps = 1e-8)
    {
        var shape = Broadcast.Common(a.Shape, b.Shape) ?? throw Refusal.Of("cosine_similarity", [a, b], "the shapes do not broadcast", Origin.Here());
        var at = shape.Axis(axis);
        return Definition.Apply("cosine_similarity", [a, b], p =>
        {
            var (x, y) = (p[0].BroadcastTo(shape), p[1].BroadcastTo(shape));
            return (x * y).Sum([at]) / (Maximum(x.Norm(2, [at]), eps) * Maximum(y.Norm(2, [at]), eps));
        }, Keywords.Of($"axis={at}", Keywords.Number("eps", eps, 1e-8)));
    }

    /// <summary>1 - cos(a, b) where t = 1, max(0, cos(a, b) - margin) where t = -1, along the last axis of both.</summary>
    /// <exception cref="ShapeException">The vectors differ in shape, or there is not one target for each pair.</exception>
    public static Expr CosineEmbeddingLoss(Expr a, Expr b, Expr target, double margin = 0, Reduction reduction = Reduction.Mean) =>
        a.Shape == b.Shape && a.Rank > 0 && target.Shape == a.Shape.Without([a.Rank - 1])
            ? Definition.Apply("cosine_embedding_loss", [a, b, target], p =>
                {
                    var cosine = CosineSimilarity(p[0], p[1], -1);
                    return Reduced(Where(Expr.Equal(p[2], 1), 1 - cosine, 0) + Where(Expr.Equal(p[2], -1), (cosine - margin).Relu(), 0), reduction);
                }, Keywords.Of(Keywords.Number("margin", margin, 0), Keyword(reduction)))
            : throw Refusal.Of("cosine_embedding_loss", [a, b, target], "two vectors and one target each are needed", Origin.Here());
}
