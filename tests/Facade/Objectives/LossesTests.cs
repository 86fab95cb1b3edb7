using AutoDiffAE.Graph;
using AutoDiffAE.Objectives;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Objectives;

public sealed class LossesTests
{
    private static readonly Expr X = Expr.Variable("x", 2, 2);
    private static readonly Expr T = Expr.Variable("t", 2, 2);

    private static double Of(Objective objective, Expr? target = null) => Oracle.Evaluate(objective(X, target ?? T),
        (X, Tensor<double>.Of([0.5, 0.25, 0.5, 0.75], 2, 2)), (T, Tensor<double>.Of([1.0, 0, 0, 1], 2, 2))).Value;

    [Fact]
    public void Are_means_over_all_elements()
    {
        Assert.Equal((0.25 + 0.0625 + 0.25 + 0.0625) / 4, Of(Losses.SquaredError), 12);
        Assert.Equal((0.5 + 0.25 + 0.5 + 0.25) / 4, Of(Losses.AbsoluteError), 12);
        Assert.Equal(-(2 * Math.Log(0.5) + 2 * Math.Log(0.75)) / 4, Of(Losses.BinaryCrossEntropy), 12);
        Assert.Equal((Math.Log(1 + Math.Exp(-0.5)) + Math.Log(1 + Math.Exp(0.25)) + Math.Log(1 + Math.Exp(0.5)) + Math.Log(1 + Math.Exp(-0.75))) / 4,
            Of(Losses.BinaryCrossEntropyWithLogits), 12);
        Assert.Equal((Math.Log(1 + Math.Exp(-0.25)) + Math.Log(1 + Math.Exp(-0.25))) / 2, Of(Losses.CrossEntropy), 12);
        Assert.Equal(Of(Losses.CrossEntropy), Of(Losses.CrossEntropy, Formulas.Iota(2)), 12);
    }

    [Fact]
    public void Refuse_another_shape() =>
        Assert.Throws<ShapeException>(() => Losses.SquaredError(X, Expr.Variable("t", 2)));
}
