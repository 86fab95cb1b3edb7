using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Objectives;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Objectives;

public sealed class CriteriaTests
{
    private static readonly Expr X = Expr.Variable("x", 2, 3), T = Expr.Variable("t", 2, 3), Index = Expr.Variable("index", 2);

    private static readonly double[] Scores = [0.3, -1.2, 2.5, 0.7, 1.9, -0.4], Probabilities = [0.2, 0.5, 0.3, 0.6, 0.1, 0.3], Others = [0.1, 0.6, 0.3, 0.25, 0.5, 0.25],
        Bits = [1, 0, 0, 1, 1, 0], OneHot = [0, 0, 1, 1, 0, 0], Classes = [2, 0];

    private static Tensor<double> Table(double[] values) => Tensor<double>.Of(values, 2, 3);

    private static double[] Each(Criterion criterion, double[] x, double[] t) => t.Length == 2
        ? Oracle.Evaluate(criterion(X, Index), (X, Table(x)), (Index, Tensor<double>.Of(t, 2))).Span.ToArray()
        : Oracle.Evaluate(criterion(X, T), (X, Table(x)), (T, Table(t))).Span.ToArray();

    private static void Are(IEnumerable<double> expected, Criterion criterion, double[] x, double[] t)
    {
        var found = Each(criterion, x, t);
        Assert.Equal(expected.Count(), found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        // And every gradient with respect to the prediction by differences.
        var (target, value) = t.Length == 2 ? (Index, Tensor<double>.Of(t, 2)) : (T, Table(t));
        GradientCheck.Of(criterion(X, target), [X], [(X, Table(x)), (target, value)]).ThrowIfFailed();
    }

    private static IEnumerable<double> Zip(double[] x, double[] t, Func<double, double, double> f) => x.Zip(t, f);

    private static double[] Row(double[] values, int row) => values[(3 * row)..(3 * row + 3)];

    [Fact]
    public void Of_elements_are_their_formulas()
    {
        Are(Zip(Scores, Others, (x, t) => (x - t) * (x - t)), Criteria.SquaredError, Scores, Others);
        Are(Zip(Scores, Others, (x, t) => Math.Abs(x - t)), Criteria.AbsoluteError, Scores, Others);
        Are(Zip(Scores, Others, (x, t) => Math.Abs(x - t) <= 0.7 ? (x - t) * (x - t) / 2 : 0.7 * (Math.Abs(x - t) - 0.35)), Criteria.Huber(0.7), Scores, Others);
        Are(Zip(Probabilities, Others, (x, t) => -t * Math.Log(x) - (1 - t) * Math.Log(1 - x)), Criteria.BinaryCrossEntropy, Probabilities, Others);
        Are(Zip(Scores, Others, (x, t) => Math.Log(1 + Math.Exp(x)) - t * x), Criteria.BinaryCrossEntropyWithLogits, Scores, Others);
        Are(Zip(Scores, Bits, (x, t) => Math.Max(0, 1 - (t == 1 ? x : -x))), Criteria.Hinge(), Scores, Bits);
        Are(Zip(Scores, Bits, (x, t) => Math.Max(0, 0.5 - (t == 1 ? x : -x))), Criteria.Hinge(0.5), Scores, Bits);
        Are(Zip(Probabilities, Others, (x, t) => t * Math.Log(t / x)), Criteria.KullbackLeibler, Probabilities, Others);
        Are(Zip(Scores, Bits, (x, t) => Math.Exp(x) - t * x), Criteria.Poisson, Scores, Bits);
    }

    [Fact]
    public void Of_examples_are_their_formulas()
    {
        double Entropy(double[] x, double[] t) => -x.Zip(t, (p, q) => q * Math.Log(p)).Sum();
        double[] Softmax(double[] x) => [.. x.Select(v => Math.Exp(v) / x.Sum(Math.Exp))];
        double Hinge(double[] x, int c, double margin) => Math.Max(0, margin + x.Where((_, j) => j != c).Max() - x[c]);
        double Cosine(double[] x, double[] t) => 1 - x.Zip(t, (a, b) => a * b).Sum() / Math.Sqrt(x.Sum(a => a * a) * t.Sum(b => b * b));
        double[] Both(Func<int, double> row) => [row(0), row(1)];
        Are(Both(r => Entropy(Row(Probabilities, r), Row(Others, r))), Criteria.CategoricalCrossEntropy, Probabilities, Others);
        Are(Both(r => Entropy(Row(Probabilities, r), Row(OneHot, r))), Criteria.CategoricalCrossEntropy, Probabilities, Classes);
        Are(Both(r => Entropy(Softmax(Row(Scores, r)), Row(Others, r))), Criteria.CategoricalCrossEntropyWithLogits, Scores, Others);
        Are(Both(r => Entropy(Softmax(Row(Scores, r)), Row(OneHot, r))), Criteria.CategoricalCrossEntropyWithLogits, Scores, Classes);
        Are(Both(r => Hinge(Row(Scores, r), (int)Classes[r], 1)), Criteria.MulticlassHinge(), Scores, Classes);
        Are(Both(r => Hinge(Row(Scores, r), (int)Classes[r], 3)), Criteria.MulticlassHinge(3), Scores, OneHot);
        Are(Both(r => Cosine(Row(Scores, r), Row(Others, r))), Criteria.Cosine, Scores, Others);
    }

    [Fact]
    public void Certain_predictions_that_are_right_cost_nothing()
    {
        Assert.Equal([0, 0], Each(Criteria.CategoricalCrossEntropy, OneHot, OneHot));
        Assert.Equal([0, 0], Each(Criteria.CategoricalCrossEntropy, OneHot, Classes));
        Assert.All(Each(Criteria.KullbackLeibler, OneHot, OneHot), l => Assert.Equal(0, l));
    }

    [Fact]
    public void Targets_of_another_shape_are_refused()
    {
        var other = Expr.Variable("other", 3);
        foreach (var criterion in new[] { Criteria.SquaredError, Criteria.Hinge(), Criteria.KullbackLeibler, Criteria.Cosine, Criteria.MulticlassHinge(), Criteria.Huber(), Criteria.Poisson })
            Assert.Throws<ShapeException>(() => criterion(X, other));
        Assert.Throws<ArgumentOutOfRangeException>(() => Criteria.Huber(0));
    }
}
