using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Nothing overflows on the way to a finite value, to order two.</summary>
public sealed class StabilityTest
{
    private static readonly IEvaluator[] Evaluators = [new Interpreted(), new Compiled<double>(), new Compiled<float>()];

    private static void Gives(Func<Expr, Expr> f, double[] at, double[] value, double[] first, double[] second)
    {
        var x = Expr.Variable("x", at.Length);
        var y = f(x);
        var dy = Gradient.Of(y.Sum(), x);
        Expr[] wanted = [y, dy, Gradient.Of(dy.Sum(), x)];
        foreach (var evaluator in Evaluators)
        {
            var found = evaluator.Evaluate(wanted, [(x, Tensor<double>.Of(at, at.Length))]);
            foreach (var (expected, actual) in new[] { value, first, second }.Zip(found))
                for (var i = 0; i < expected.Length; i++)
                    Assert.True(Math.Abs(expected[i] - actual.Span[i]) <= 1e-6 * Math.Abs(expected[i]), $"{actual.Span[i]:R}, not {expected[i]:R}");
        }
    }

    [Fact]
    public void Sigmoid() => Gives(Formulas.Sigmoid, [-1000, 0, 1000], [0, 0.5, 1], [0, 0.25, 0], [0, 0, 0]);

    [Fact]
    public void Softplus() => Gives(Formulas.Softplus, [-1000, 0, 1000], [0, Math.Log(2), 1000], [0, 0.5, 1], [0, 0.25, 0]);

    [Fact]
    public void Tanh() => Gives(Formulas.Tanh, [-1000, 0, 1000], [-1, 0, 1], [0, 1, 0], [0, 0, 0]);

    [Fact]
    public void Log1p_of_what_is_almost_nothing() => Gives(Formulas.Log1p, [1e-30], [1e-30], [1], [-1]);

    [Fact]
    public void Small_sigmoids_keep_their_relative_accuracy() => Gives(Formulas.Sigmoid, [-40], [4.248354255291589e-18], [4.248354255291589e-18], [4.248354255291589e-18]);
}
