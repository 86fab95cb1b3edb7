using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Objectives;

/// <summary>
/// The usual objectives: the losses of <see cref="Formulas"/>, their mean over all elements of all examples. More of them, with masks and weights, are made of
/// <see cref="Criteria"/>.
/// </summary>
public static class Losses
{
    /// <summary>The mean of (prediction - target)².</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr SquaredError(Expr prediction, Expr target) => Formulas.MseLoss(prediction, target).Named("loss");

    /// <summary>The mean of |prediction - target|.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr AbsoluteError(Expr prediction, Expr target) => Formulas.L1Loss(prediction, target).Named("loss");

    /// <summary>The mean of -t ln p - (1 - t) ln(1 - p) of probabilities p.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr BinaryCrossEntropy(Expr prediction, Expr target) => Formulas.BinaryCrossEntropy(prediction, target).Named("loss");

    /// <summary>The same of p = σ(prediction): of a network whose last layer is linear.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr BinaryCrossEntropyWithLogits(Expr prediction, Expr target) =>
        Formulas.BinaryCrossEntropyWithLogits(prediction, target).Named("loss");

    /// <summary>The mean of -Σ t log_softmax(prediction); targets are probabilities of the classes, or their indices.</summary>
    /// <exception cref="ShapeException">The target's shape is neither.</exception>
    public static Expr CrossEntropy(Expr prediction, Expr target) => Formulas.CrossEntropy(prediction, target).Named("loss");
}
