using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Scores of ±1000: values, gradients and their gradients along a direction are finite and what the limits say, in both precisions.</summary>
public sealed class LossStabilityTest
{
    private static readonly IEvaluator[] Evaluators = [new Interpreted(), new Compiled<double>(), new Compiled<float>()];
    private const double Inf = double.PositiveInfinity;

    private static Expr Vector(params double[] values) => Expr.Constant(Tensor<double>.Of(values, values.Length));

    /// <summary>y, ∂⟨c, y⟩/∂x and ∂⟨v, ∂⟨c, y⟩/∂x⟩/∂x with c = 1, 2, … and v = 1, -1, 1, ….</summary>
    private static void Gives(Func<Expr, Expr> f, double[] at, double[] value, double[] first, double[] second)
    {
        var x = Expr.Variable("x", at.Length);
        var y = f(x).Flatten(0);
        var dy = Gradient.Of((y * (Iota(y.Shape[0]) + 1)).Sum(), x);
        var along = (dy * Vector([.. at.Select((_, i) => i % 2 == 0 ? 1.0 : -1)])).Sum();
        var again = Gradient.Of([new Seed(along)], [x], GradientOptions.Default with { Disconnected = Disconnected.Zero })[0];
        foreach (var evaluator in Evaluators)
            foreach (var (what, expected, actual) in new[] { ("y", value), ("dy", first), ("d²y", second) }.Zip(
                evaluator.Evaluate([y, dy, again], [(x, Tensor<double>.Of(at, at.Length))]), (e, a) => (e.Item1, e.Item2, a)))
            {
                Assert.Equal(expected.Length, actual.Length);
                for (var i = 0; i < expected.Length; i++)
                    Assert.True(expected[i].Equals(actual.Span[i] + 0.0) || Math.Abs(expected[i] - actual.Span[i]) <= 1e-6 * Math.Abs(expected[i]),
                        $"{evaluator.GetType().Name} {what}[{i}] is {actual.Span[i]:R}, not {expected[i]:R}");
            }
    }

    [Fact]
    public void Softmax()
    {
        Gives(x => x.Softmax(), [-1000, 1000, -1000], [0, 1, 0], [0, 0, 0], [0, 0, 0]);
        Gives(x => x.Softmax(), [1000, 1000], [0.5, 0.5], [-0.25, 0.25], [0, 0]);
        Gives(x => x.Softmin(), [-1000, 1000, -1000], [0.5, 0, 0.5], [0.5, 0, -0.5], [0, 0, 0]);
        Gives(x => x.Softmax(), [-Inf, 0, 0], [0, 0.5, 0.5], [0, -0.25, 0.25], [0, 0.125 - 0.125, 0]);
    }

    [Fact]
    public void LogSoftmax()
    {
        Gives(x => x.LogSoftmax(), [-1000, 1000, -1000], [-2000, 0, -2000], [1, 2 - 6, 3], [0, 0, 0]);
        Gives(x => x.LogSoftmax(), [1000, 1000], [-Math.Log(2), -Math.Log(2)], [-0.5, 0.5], [-1.5, 1.5]);
    }

    [Fact]
    public void LogSumExp()
    {
        Gives(x => x.LogSumExp(), [-1000, 1000, -1000], [1000], [0, 1, 0], [0, 0, 0]);
        Gives(x => x.LogSumExp(), [-1000, -1000], [-1000 + Math.Log(2)], [0.5, 0.5], [0.5, -0.5]);
        Gives(x => x.LogSumExp(), [-Inf, 0, 0], [Math.Log(2)], [0, 0.5, 0.5], [0, -0.5, 0.5]);
        Gives(x => x.LogSumExp(), [-Inf, -Inf], [-Inf], [0, 0], [0, 0]);
    }

    [Fact]
    public void Infinite_scores_are_what_scipy_and_PyTorch_make_of_them()
    {
        var x = Expr.Variable("x", 2);
        foreach (var evaluator in Evaluators)
        {
            double[] Of(Func<Expr, Expr> f, params double[] at) => evaluator.Evaluate([f(x)], [(x, Tensor<double>.Of(at, 2))])[0].Span.ToArray();
            Assert.Equal([Inf], Of(e => e.LogSumExp(), Inf, 0));
            Assert.Equal([double.NaN, double.NaN], Of(e => e.Softmax(), -Inf, -Inf));
            Assert.Equal([double.NaN], Of(e => e.Softmax(), Inf, 0)[..1]);
            Assert.Equal([-Inf, 0], Of(e => e.LogSoftmax(), -Inf, 1));
        }
    }

    [Fact]
    public void Cross_entropies()
    {
        Gives(x => CrossEntropy(x, 1), [-1000, 1000, 0], [0], [0, 0, 0], [0, 0, 0]);
        Gives(x => CrossEntropy(x, 0), [-1000, 1000, 0], [2000], [-1, 1, 0], [0, 0, 0]);
        Gives(x => CrossEntropy(x, 0, labelSmoothing: 0.5), [-1000, 1000], [1500], [-0.75, 0.75], [0, 0]);
        Gives(x => CrossEntropy(x, Vector(0.25, 0.75)), [1000, -1000], [1500], [0.75, -0.75], [0, 0]);
        Gives(x => CrossEntropy(x, 1), [-Inf, 0, 0], [Math.Log(2)], [0, -0.5, 0.5], [0, -0.5, 0.5]);
        Gives(x => NllLoss(x, 1), [-Inf, -1, 0], [1], [0, -1, 0], [0, 0, 0]);
        Gives(x => BinaryCrossEntropyWithLogits(x, Vector(1, 0, 1), reduction: Reduction.None), [-1000, 1000, 1000], [1000, 1000, 0], [-1, 2, 0], [0, 0, 0]);
        Gives(x => BinaryCrossEntropyWithLogits(x, Vector(1, 0), positiveWeight: 3, reduction: Reduction.None), [-1000, -1000], [3000, 0], [-3, 0], [0, 0]);
        Gives(x => BinaryCrossEntropy(x.Sigmoid(), Vector(1, 0), reduction: Reduction.None), [-1000, 1000], [100, 100], [0, 0], [0, 0]);
        Gives(x => SoftMarginLoss(x, Vector(1, -1), Reduction.None), [-1000, -1000], [1000, 0], [-1, 0], [0, 0]);
    }

    [Fact]
    public void Errors()
    {
        Gives(x => HuberLoss(x, Vector(0, 0), reduction: Reduction.None), [-1000, 1e30], [999.5, 1e30], [-1, 2], [0, 0]);
        Gives(x => SmoothL1Loss(x, Vector(0, 0), reduction: Reduction.None), [-1000, 0.5], [999.5, 0.125], [-1, 1], [0, -2]);
        Gives(x => PoissonNllLoss(x, Vector(0, 2), reduction: Reduction.None), [-1000, 0], [0, 1], [0, -2], [0, -2]);
    }

    [Fact]
    public void Attention_with_scores_of_a_thousand_and_queries_that_see_nothing()
    {
        Gives(x => ScaledDotProductAttention(x.Reshape(2, 1), Expr.Constant(Tensor<double>.Of([1.0, -1], 2, 1)), Expr.Constant(Tensor<double>.Of([3.0, 5], 2, 1))),
            [-1000, 1000], [5, 3], [0, 0], [0, 0]);
        Gives(x => ScaledDotProductAttention(x.Reshape(2, 1), Expr.Constant(Tensor<double>.Of([1.0, -1], 2, 1)), x.Reshape(2, 1),
            mask: Expr.Constant(Tensor<double>.Of([0.0, 0, 0, 1], 2, 2))), [2, 7], [0, 7], [0, 2], [0, 0]);
    }

    [Fact]
    public void An_index_that_is_no_class_is_not_a_number()
    {
        var (x, t) = (Expr.Variable("x", 4, 2), Expr.Variable("t", 4));
        foreach (var evaluator in Evaluators)
            Assert.Equal([double.NaN, double.NaN, double.NaN, 0], evaluator.Evaluate([CrossEntropy(x, t, reduction: Reduction.None)],
                [(x, Tensor<double>.Full(1, 4, 2)), (t, Tensor<double>.Of([2, -1, 0.5, -100], 4))])[0].Span.ToArray());
    }
}
