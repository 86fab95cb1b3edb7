using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

// Losses of scores for each of C classes, which stand along axis 1 (0 of a vector).
public static partial class Formulas
{
    /// <summary>
    /// -Σ t log_softmax(x) over the classes. Targets are indices, of the scores' shape without the classes, or probabilities, of the
    /// scores' shape. The mean of losses by index is the sum divided by the sum of their classes' weights. An index that is no class gives NaN.
    /// </summary>
    /// <param name="x">Scores (C) or (n, C, …).</param>
    /// <param name="target">Indices, which have no gradient, or probabilities.</param>
    /// <param name="weight">A factor (C) for each class.</param>
    /// <param name="ignoreIndex">The index of targets that count for nothing.</param>
    /// <param name="labelSmoothing">How much of each target is spread over all classes, 0 to 1.</param>
    /// <param name="reduction">What is made of the losses.</param>
    /// <exception cref="ShapeException">The target's shape is neither, or there is not one weight for each class.</exception>
    public static Expr CrossEntropy(
        Expr x, Expr target, Expr? weight = null, int ignoreIndex = -100, double labelSmoothing = 0, Reduction reduction = Reduction.Mean)
    {
        var axis = ClassAxis("cross_entropy", x, target, weight, orProbabilities: true);
        var options = Keywords.Of(Keywords.Number("ignore_index", ignoreIndex, -100), Keywords.Number("label_smoothing", labelSmoothing, 0), Keyword(reduction));
        return Definition.Apply("cross_entropy", [x, target], [("weight", weight)], (p, w) =>
        {
            var logits = p[0].LogSoftmax(axis);
            var of = p[1];
            if (of.Rank < x.Rank) return ReducedByIndex(logits, of, w[0], axis, ignoreIndex, labelSmoothing, reduction);
            var smooth = labelSmoothing == 0 ? of : of * (1 - labelSmoothing) + labelSmoothing / SizeOf(x.Shape[axis]);
            return Reduced(-(smooth * PerClass(logits, w[0], axis)).Sum([axis]), reduction);
        }, options);
    }

    /// <summary>-x[target], of logarithms of probabilities: <see cref="CrossEntropy"/> without the softmax.</summary>
    /// <exception cref="ShapeException">The target's shape is not that of x without the classes, or there is not one weight for each class.</exception>
    public static Expr NllLoss(Expr x, Expr target, Expr? weight = null, int ignoreIndex = -100, Reduction reduction = Reduction.Mean)
    {
        var axis = ClassAxis("nll_loss", x, target, weight, orProbabilities: false);
        return Definition.Apply("nll_loss", [x, target], [("weight", weight)],
            (p, w) => ReducedByIndex(p[0], p[1], w[0], axis, ignoreIndex, 0, reduction),
            Keywords.Of(Keywords.Number("ignore_index", ignoreIndex, -100), Keyword(reduction)));
    }

    private static Expr ReducedByIndex(Expr logs, Expr target, Expr? weight, int axis, int ignoreIndex, double smoothing, Reduction reduction)
    {
        var index = target.StopGradient();
        var classes = logs.Shape[axis];
        var chosen = Expr.Equal(AlongClasses(Iota(classes), logs, axis), index.Unsqueeze(axis));
        var weighted = PerClass(logs, weight, axis);
        // Selected, not multiplied: a class that is impossible (-∞) and not chosen adds nothing.
        var losses = Where(chosen, weighted, 0).Sum([axis]);
        if (smoothing != 0) losses = (1 - smoothing) * losses + smoothing / SizeOf(classes) * weighted.Sum([axis]);
        var counts = NotEqual(index, ignoreIndex);
        var exists = Expr.Equal(index, index.Floor()) * Expr.GreaterOrEqual(index, 0) * Expr.Greater(SizeOf(classes), index);
        losses = Where(counts, Where(exists, -losses, double.NaN), 0);
        if (reduction != Reduction.Mean) return Reduced(losses, reduction);
        return losses.Sum() / (weight is null ? counts : counts * Where(chosen, AlongClasses(weight, logs, axis), 0).Sum([axis])).Sum();
    }

    private static Expr PerClass(Expr logs, Expr? weight, int axis) => weight is null ? logs : logs * AlongClasses(weight, logs, axis);

    /// <summary>A vector over the classes as it broadcasts to the scores.</summary>
    private static Expr AlongClasses(Expr vector, Expr like, int axis) =>
        vector.Reshape(new Shape([vector.Shape[0], .. Enumerable.Repeat((Dim)1, like.Rank - axis - 1)]));

    private static int ClassAxis(string name, Expr x, Expr target, Expr? weight, bool orProbabilities)
    {
        if (x.Rank == 0) throw Refusal.Of(name, [x, target], "a scalar has no classes", Origin.Here());
        var axis = x.Rank == 1 ? 0 : 1;
        if (target.Shape != x.Shape.Without([axis]) && !(orProbabilities && target.Shape == x.Shape))
            throw Refusal.Of(name, [x, target],
                $"targets are indices {x.Shape.Without([axis])}{(orProbabilities ? $" or probabilities {x.Shape}" : "")}", Origin.Here());
        return weight is null || weight.Shape == Shape.Of(x.Shape[axis])
            ? axis
            : throw Refusal.Of(name, [x, weight], $"weights are one for each of {x.Shape[axis]} classes", Origin.Here());
    }
}
