using AutoDiffAE.Graph;
using AutoDiffAE.Objectives;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Objectives;

public sealed class AggregateTests
{
    private static readonly Expr X = Expr.Variable("x", "n", 3), T = Expr.Variable("t", "n", 3), W = Expr.Variable("w", "n"), Mask = Expr.Variable("mask", "n", 3);

    private static readonly (Expr, Tensor<double>)[] Values =
    [
        (X, Tensor<double>.Of([1.0, 2, 3, 4, 5, 6], 2, 3)), (T, Tensor<double>.Full(0, 2, 3)),
        (W, Tensor<double>.Of([2.0, 0.5], 2)), (Mask, Tensor<double>.Of([1.0, 0, 1, 0, 0, 1], 2, 3)),
    ];

    private static double Of(Objective objective) => Oracle.Evaluate(objective(X, T), Values).Value;

    [Fact]
    public void Means_and_sums_are_over_all_losses()
    {
        Assert.Equal(91.0 / 6, Of(Criteria.SquaredError.Mean()), 1e-12);
        Assert.Equal(91, Of(Criteria.SquaredError.Sum()), 1e-12);
        Assert.Equal(Of(Losses.SquaredError), Of(Criteria.SquaredError.Mean()), 1e-12);
    }

    [Fact]
    public void Weights_are_of_examples_or_of_elements()
    {
        Assert.Equal(2 * 14 + 0.5 * 77, Of(Criteria.SquaredError.Sum(W)), 1e-12);
        Assert.Equal((2 * 14 + 0.5 * 77) / 6, Of(Criteria.SquaredError.Mean(W)), 1e-12);
        Assert.Equal((2 * 14 + 0.5 * 77) / 7.5, Of(Criteria.SquaredError.WeightedMean(W)), 1e-12);
        Assert.Equal(46.0 / 3, Of(Criteria.SquaredError.WeightedMean(Mask)), 1e-12);
        Assert.Equal(46.0 / 6, Of(Criteria.SquaredError.Mean(Mask)), 1e-12);
        Assert.Equal(2 * Of(Criteria.SquaredError.Sum()), Of(Criteria.SquaredError.Sum(2.0)), 1e-12);
    }

    /// <summary>What a mask hides may be anything, in the value and in the gradient.</summary>
    [Fact]
    public void What_is_masked_is_left_out()
    {
        var loss = Criteria.SquaredError.WeightedMean(Mask)(X.Log(), T);
        (Expr, Tensor<double>)[] values = [(X, Tensor<double>.Of([1.0, 0, Math.E, -1, 0, 1], 2, 3)), .. Values[1..]];
        Assert.Equal(1.0 / 3, Oracle.Evaluate(loss, values).Value, 1e-12);
        double[] gradient = Oracle.Evaluate(Gradient.Of(loss, X), values).Span.ToArray();
        Assert.All(new[] { 0, 0, 2 / (3 * Math.E), 0, 0, 0 }.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        double[] compiled = Compiler.Compile(new Computation([X, T, Mask], [Gradient.Of(loss, X)]), new Store<double>())
            .Invoke(values[0].Item2, values[1].Item2, values[3].Item2)[0].Span.ToArray();
        Assert.All(gradient.Zip(compiled), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused()
    {
        Assert.Contains("(3) came for losses (n, 3)", Assert.Throws<ShapeException>(() => Criteria.SquaredError.Mean(Expr.Variable("v", 3))(X, T)).Message);
        Assert.Throws<ShapeException>(() => Criteria.SquaredError.Mean(Expr.Variable("v", "n", 3, 2))(X, T));
        Assert.Throws<ShapeException>(() => Criteria.Cosine.Mean(Mask)(X, T));
    }
}
