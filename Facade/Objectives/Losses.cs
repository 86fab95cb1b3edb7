using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Objectives;

/// <summary>The usual objectives.</summary>
public static class Losses
{
    /// <summary>The mean of (prediction - target)² over all elements of all examples.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr SquaredError(Expr prediction, Expr target) => prediction.Shape == target.Shape
        ? Definition.Apply("squared_error", [prediction, target], p => (p[0] - p[1]).Square().Mean()).Named("loss")
        : throw new ShapeException($"the squared error of predictions {prediction.Shape} and targets {target.Shape}: one shape is needed");
}
