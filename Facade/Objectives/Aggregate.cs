using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Objectives;

/// <summary>
/// One number of many losses l, each with a weight w or all with 1. Weights are of the losses' shape, or of their first axes alone: (n) is one for each example.
/// A loss of weight 0 is left out, even if it is no number: a mask is a weight of zeros and ones.
/// </summary>
public static class Aggregate
{
    /// <summary>Σ w l / N, with the number N of all losses, whatever their weights.</summary>
    /// <exception cref="ShapeException">On use: the weights do not fit the losses.</exception>
    public static Objective Mean(this Criterion criterion, Expr? weights = null) => (x, t) => Weighted(criterion(x, t), weights).Mean().Named(Loss);

    /// <summary>Σ w l</summary>
    /// <exception cref="ShapeException">On use: the weights do not fit the losses.</exception>
    public static Objective Sum(this Criterion criterion, Expr? weights = null) => (x, t) => Weighted(criterion(x, t), weights).Sum().Named(Loss);

    /// <summary>Σ w l / Σ w: of a mask, the mean of what it shows. NaN where all weights are 0.</summary>
    /// <exception cref="ShapeException">On use: the weights do not fit the losses.</exception>
    public static Objective WeightedMean(this Criterion criterion, Expr weights) => (x, t) =>
    {
        var losses = criterion(x, t);
        return (Weighted(losses, weights).Sum() / Fitted(weights, losses).Sum()).Named(Loss);
    };

    private const string Loss = "loss";

    private static Expr Weighted(Expr losses, Expr? weights)
    {
        if (weights is null) return losses;
        var w = Fitted(weights, losses);
        return Formulas.Where(w, w * losses, 0);
    }

    private static Expr Fitted(Expr weights, Expr losses)
    {
        var lead = weights.Rank < losses.Rank ? weights.Reshape(new Shape([.. weights.Shape, .. Enumerable.Repeat((Dim)1, losses.Rank - weights.Rank)])) : weights;
        return lead.Rank == losses.Rank && losses.Shape.Equals(Broadcast.Common(lead.Shape, losses.Shape))
            ? lead.BroadcastTo(losses.Shape)
            : throw new ShapeException($"weights of shape {weights.Shape} came for losses {losses.Shape}: a weight for each loss, or for each along the first axes, would fit");
    }
}
