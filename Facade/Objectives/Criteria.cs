using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Objectives;

/// <summary>The usual criteria, with prediction x and target t; <c>Criteria.Huber().Mean()</c> is an objective.</summary>
public static class Criteria
{
    /// <summary>(x - t)² of each element.</summary>
    public static Criterion SquaredError { get; } = (x, t) => Formulas.MseLoss(x, t, Reduction.None);

    /// <summary>|x - t| of each element.</summary>
    public static Criterion AbsoluteError { get; } = (x, t) => Formulas.L1Loss(x, t, Reduction.None);

    /// <summary>½d² of d = x - t where |d| ≤ δ, else δ(|d| - ½δ), of each element. P. Huber, 1964.</summary>
    /// <exception cref="ArgumentOutOfRangeException">δ is not positive.</exception>
    public static Criterion Huber(double delta = 1) => delta > 0
        ? (x, t) => Formulas.HuberLoss(x, t, delta, Reduction.None)
        : throw new ArgumentOutOfRangeException(nameof(delta), $"a bend at {Printer.Number(delta)} cannot be had, at a positive number it can");

    /// <summary>-t ln x - (1 - t) ln(1 - x) of each probability x.</summary>
    public static Criterion BinaryCrossEntropy { get; } = (x, t) => Formulas.BinaryCrossEntropy(x, t, reduction: Reduction.None);

    /// <summary>The same of the probability σ(x): of a network whose last layer is linear.</summary>
    public static Criterion BinaryCrossEntropyWithLogits { get; } = (x, t) => Formulas.BinaryCrossEntropyWithLogits(x, t, reduction: Reduction.None);

    /// <summary>-Σ t ln x over the classes, axis 1, of probabilities x (n, C, …); targets are probabilities too, or indices (n, …).</summary>
    public static Criterion CategoricalCrossEntropy { get; } = (x, t) =>
        t.Rank < x.Rank ? Formulas.NllLoss(x.Log(), t, reduction: Reduction.None) : -Formulas.Xlogy(OfShape(t, x), x).Sum([1]);

    /// <summary>The same of the probabilities softmax(x).</summary>
    public static Criterion CategoricalCrossEntropyWithLogits { get; } = (x, t) => Formulas.CrossEntropy(x, t, reduction: Reduction.None);

    /// <summary>max(0, margin - s x) of each element, with s = 1 for a target of 1 and s = -1 for one of 0.</summary>
    public static Criterion Hinge(double margin = 1) => (x, t) => (margin - (2 * OfShape(t, x) - 1) * x).Relu();

    /// <summary>
    /// max(0, margin + max_{j≠t} xⱼ - x_t) of the scores x (n, C) of each example; targets are indices (n), or rows (n, C) with one 1. K. Crammer, Y. Singer,
    /// JMLR 2, 2001.
    /// </summary>
    public static Criterion MulticlassHinge(double margin = 1) => (x, t) =>
    {
        if (x.Rank != 2) throw new ShapeException($"scores of shape {x.Shape} came in; (n, classes) would fit");
        var chosen = t.Rank == 1 ? t.OneHot(x.Shape[1]) : t;
        _ = OfShape(chosen, x);
        var rest = Formulas.Where(chosen, double.NegativeInfinity, x).Max([1]);
        return (margin + rest - Formulas.Where(chosen, x, 0).Sum([1])).Relu();
    };

    /// <summary>t ln(t / x) of each probability x: what a distribution x tells too little of t.</summary>
    public static Criterion KullbackLeibler { get; } = (x, t) => Formulas.Xlogy(OfShape(t, x), t) - Formulas.Xlogy(t, x);

    /// <summary>eˣ - t x of each element, for counts t with a mean of which x is the logarithm.</summary>
    public static Criterion Poisson { get; } = (x, t) => Formulas.PoissonNllLoss(x, t, reduction: Reduction.None);

    /// <summary>1 - cos(x, t) along the last axis, of each example.</summary>
    public static Criterion Cosine { get; } = (x, t) => 1 - Formulas.CosineSimilarity(x, OfShape(t, x), -1);

    /// <summary>A target that broadcasts is most often a mistake.</summary>
    private static Expr OfShape(Expr target, Expr prediction) => target.Shape == prediction.Shape
        ? target
        : throw new ShapeException($"targets of shape {target.Shape} came for predictions {Printer.Short(prediction)} {prediction.Shape}");
}
