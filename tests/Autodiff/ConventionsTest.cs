using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>What a gradient is where the function has none: each row interpreted, and compiled in both precisions.</summary>
public sealed class ConventionsTest
{
    private static readonly IEvaluator[] Evaluators = [new Interpreted(), new Compiled<double>(), new Compiled<float>()];

    private static void Gives(Func<Expr, Expr> f, double[] at, double[] gradient, double tolerance = 0) => Gives(args => f(args[0]), [at], [gradient], tolerance);

    private static void Gives(Func<Expr[], Expr> f, double[][] at, double[][] gradients, double tolerance = 0)
    {
        Expr[] args = [.. at.Select((v, i) => Expr.Variable($"x{i}", v.Length))];
        var y = f(args);
        var derivatives = Gradient.Of(y.Sum(), args);
        foreach (var evaluator in Evaluators)
        {
            var found = evaluator.Evaluate(derivatives, [.. args.Zip(at, (x, v) => (x, Tensor<double>.Of(v, v.Length)))]);
            foreach (var (expected, actual) in gradients.SelectMany(g => g).Zip(found.SelectMany(g => g.Span.ToArray())))
                Assert.True(expected.Equals(actual + 0.0) || Math.Abs(expected - actual) <= tolerance, $"{actual:R}, not {expected:R}");
        }
    }

    [Fact]
    public void Ties_of_two_tensors_share_the_cotangent()
    {
        Gives(x => Maximum(x[0], x[1]), [[1, 2, 3], [1, 3, 2]], [[0.5, 0, 1], [0.5, 1, 0]]);
        Gives(x => Minimum(x[0], x[1]), [[1, 2, 3], [1, 3, 2]], [[0.5, 1, 0], [0.5, 0, 1]]);
    }

    [Fact]
    public void Ties_over_an_axis_share_the_cotangent()
    {
        Gives(x => x.Max(), [1, 1, 0], [0.5, 0.5, 0]);
        Gives(x => x.Min(), [1, 0, 0], [0, 0.5, 0.5]);
    }

    [Fact]
    public void Ties_follow_another_rule_where_one_is_asked_for()
    {
        Gives(x => x.Max(ties: TieRule.First), [0, 1, 1], [0, 1, 0]);
        Gives(x => x.Min(ties: TieRule.First), [1, 0, 0], [0, 1, 0]);
        Gives(x => x.Max(ties: TieRule.Each), [1, 1, 0], [1, 1, 0]);
        Gives(x => x.Min(ties: TieRule.Each), [1, 0, 0], [0, 1, 1]);
    }

    [Fact]
    public void Of_equal_running_maxima_the_last_has_the_cotangent()
    {
        Gives(x => x.CumMax(0), [1, 1, 0, 2, 2], [1, 2, 0, 1, 1]);
        Gives(x => x.CumMin(0), [1, 1, 2, 0], [1, 2, 0, 1]);
        Gives(x => x.CumMax(0), [0, double.NaN, 5], [1, 2, 0]);
    }

    [Fact]
    public void Of_equal_elements_sorting_keeps_the_order()
    {
        Gives(x => x.Sort() * Iota(3), [1, 0, 0], [2, 0, 1]);
        Gives(x => x.TopK(1), [3, 3, 1], [1, 0, 0]);
        Gives(x => x.TopK(1, largest: false), [1, 3, 1], [1, 0, 0]);
    }

    [Fact]
    public void Pooling_gives_the_cotangent_to_the_first() => Gives(x => x.MaxPool(2), [5, 5, 2, 2, 9], [1, 0, 1, 0, 0]);

    [Fact]
    public void The_absolute_value_and_the_rectifier_have_0_at_0()
    {
        Gives(x => x.Abs(), [0, -1, 2], [0, -1, 1]);
        Gives(x => x.Relu(), [0, -1, 1], [0, 0, 1]);
    }

    [Fact]
    public void Clip_has_1_at_its_bounds()
    {
        Gives(x => x.Clip(-1, 1), [-2, -1, 0, 1, 2], [0, 1, 1, 1, 0]);
        Gives(x => x[0].Clip(x[1], x[2]), [[-2, -1, 1, 2], [-1, -1, -1, -1], [1, 1, 1, 1]], [[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]]);
    }

    [Fact]
    public void Units_with_a_kink_at_0_have_the_slope_of_the_negative_side()
    {
        Gives(x => x.LeakyRelu(0.25), [-1, 0, 1], [0.25, 0.25, 1]);
        Gives(x => x[0].Prelu(x[1]), [[-2, 0, 3], [0.5, 0.5, 0.5]], [[0.5, 0.5, 1], [-2, 0, 0]]);
        Gives(x => x.Elu(0.5), [0, 1], [0.5, 1]);
        Gives(x => x.Celu(), [0, 1], [1, 1]);
        Gives(x => x.Softsign(), [-1, 0, 1], [0.25, 1, 0.25]);
    }

    [Fact]
    public void Powers_and_lengths_of_0()
    {
        Gives(x => x.Pow(0), [0, 2], [0, 0]);
        Gives(x => x.Pow(1), [0, 2], [1, 1]);
        Gives(x => x[0].Pow(2), [[0, -1, 2]], [[0, -2, 4]], 1e-6);
        Gives(x => Formulas.Pow(0, x), [2, 0.5], [0, 0]);
        Gives(x => Hypot(x[0], x[1]), [[0, 3], [0, 4]], [[0, 0.6f], [0, 0.8f]], 1e-6);
        Gives(x => Xlogy(x[0], 2), [[0, 1]], [[Math.Log(2), Math.Log(2)]], 1e-6);
    }

    [Fact]
    public void A_remainder_has_1_and_less_the_quotient()
    {
        Gives(x => Remainder(x[0], x[1]), [[-1, 4], [3, 3]], [[1, 1], [1, -1]]);
        Gives(x => Fmod(x[0], x[1]), [[-1, 4], [3, 3]], [[1, 1], [0, -1]]);
    }

    [Fact]
    public void Hard_units_have_the_slope_of_the_middle_at_their_ends_and_relu6_has_0()
    {
        Gives(x => x.HardTanh(), [-2, -1, 0, 1, 2], [0, 1, 1, 1, 0]);
        Gives(x => x.HardSigmoid() * 6, [-4, -3, 0, 3, 4], [0, 1, 1, 1, 0], 1e-6);
        Gives(x => x.HardSwish(), [-4, -3, 0, 3, 4], [0, -0.5, 0.5, 1.5, 1]);
        Gives(x => x.Relu6(), [-1, 0, 3, 6, 7], [0, 0, 1, 0, 0]);
    }

    [Fact]
    public void A_copied_sign_is_the_slope() => Gives(x => CopySign(x[0], x[1]), [[2, -2, 0], [-3, -3, -3]], [[-1, 1, 0], [0, 0, 0]]);

    [Fact]
    public void A_spread_or_a_norm_of_0_has_0()
    {
        Gives(x => x.Std(), [3, 3, 3], [0, 0, 0]);
        Gives(x => x.Var(), [3, 3, 3], [0, 0, 0]);
        Gives(x => x.Norm(), [0, 0], [0, 0]);
        Gives(x => x.Norm(3), [0, 0], [0, 0]);
        Gives(x => x.Norm(1), [0, -2], [0, -1]);
        Gives(x => x.Norm(0.5), [0, -4], [0, -1], 1e-6);
        Gives(x => x.Norm(double.PositiveInfinity), [2, -2, 1], [0.5, -0.5, 0]);
        Gives(x => x.Normalize(axis: 0), [0, 0], [1e12, 1e12], 1e6);
        Gives(x => CosineSimilarity(x, Expr.Constant(Tensor<double>.Of([1.0, 0], 2)), 0), [0, 0], [1e8, 0], 1e2);
    }

    [Fact]
    public void The_logarithms_of_a_cross_entropy_end_at_minus_100()
    {
        var targets = Expr.Constant(Tensor<double>.Of([0.0, 1, 1, 0], 4));
        Gives(x => BinaryCrossEntropy(x, targets, reduction: Reduction.None), [0, 1, 0, 1], [0, 0, -1e12, 1e12], 1e6);
        Gives(t => BinaryCrossEntropy(targets, t, reduction: Reduction.None), [0, 1, 0, 1], [100, -100, -100, 100]);
    }

    [Fact]
    public void Indices_of_classes_are_disconnected()
    {
        var t = Expr.Variable("t", 2);
        Assert.Throws<DisconnectedException>(() => Gradient.Of(CrossEntropy(Expr.Variable("x", 2, 3), t), t));
    }

    [Fact]
    public void Steps_have_a_zero_gradient_which_is_not_disconnected()
    {
        Gives(x => x.Sign(), [0, -2, 3], [0, 0, 0]);
        Gives(x => x.Floor(), [0, -1.5, 2.5], [0, 0, 0]);
        Gives(x => x.Ceil(), [0, -1.5, 2.5], [0, 0, 0]);
        Gives(x => x.Trunc(), [0, -1.5, 2.5], [0, 0, 0]);
        Gives(x => x.Round(), [0, -1.5, 2.5], [0, 0, 0]);
        Gives(x => Less(x[0], x[1]), [[1, 2], [1, 1]], [[0, 0], [0, 0]]);
        Gives(x => LessOrEqual(x[0], x[1]), [[1, 2], [1, 1]], [[0, 0], [0, 0]]);
        Gives(x => NotEqual(x[0], x[1]), [[1, 2], [1, 1]], [[0, 0], [0, 0]]);
        Gives(x => Expr.Greater(x[0], x[1]), [[1, 2], [1, 1]], [[0, 0], [0, 0]]);
        Gives(x => Expr.GreaterOrEqual(x[0], x[1]), [[1, 2], [1, 1]], [[0, 0], [0, 0]]);
        Gives(x => Expr.Equal(x[0], x[1]), [[1, 2], [1, 1]], [[0, 0], [0, 0]]);
        Gives(x => LogicalAnd(x[0], x[1]), [[1, 2], [0, 1]], [[0, 0], [0, 0]]);
        Gives(x => LogicalOr(x[0], x[1]), [[1, 2], [0, 1]], [[0, 0], [0, 0]]);
        Gives(x => x.LogicalNot(), [0, 1], [0, 0]);
        Gives(x => x.IsNaN(), [double.NaN, 1], [0, 0]);
    }

    [Fact]
    public void A_stopped_gradient_is_disconnected_not_zero()
    {
        var x = Expr.Variable("x", 3);
        var thrown = Assert.Throws<DisconnectedException>(() => Gradient.Of(x.Square().StopGradient().Sum(), x));
        Assert.Contains("x (3)", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<DisconnectedException>(() => Gradient.Of(Expr.Variable("y", 3).Sum(), x));
        Gives(v => v * v.StopGradient(), [1, 2, 3], [1, 2, 3]);
    }

    [Fact]
    public void A_zero_cotangent_times_an_infinite_derivative_is_0()
    {
        Gives(x => 0 * x.Sqrt(), [0, 4], [0, 0]);
        Gives(x => 0 * x.Reciprocal(), [0.5, 4], [0, 0]);
        Gives(x => Where(Expr.Greater(x, 0), x.Sqrt(), 0), [0, 4], [0, 0.25]);
        Gives(x => Where(Expr.Greater(x, 0), x.Log(), 0), [0, 4], [0, 0.25]);
        Gives(x => Where(Expr.Greater(x, 0), 1 / x, 0), [0, 4], [0, -0.0625]);
    }

    [Fact]
    public void An_infinite_derivative_stays_infinite() => Gives(x => x.Sqrt(), [0, 4], [double.PositiveInfinity, 0.25]);

    [Fact]
    public void The_branch_not_taken_leaks_nothing()
    {
        Gives(x => Where(Expr.Greater(x, 0), x.Log(), x.Square()), [-1, 4], [-2, 0.25]);
    }

    [Fact]
    public void The_branch_not_taken_leaks_nothing_into_the_second_derivative()
    {
        Gives(x => Gradient.Of(Where(Expr.Greater(x, 0), x.Log(), x.Square()).Sum(), x), [-1, 0, 4], [2, 2, -0.0625]);
    }

    [Fact]
    public void The_branch_not_taken_leaks_nothing_from_deeper_within()
    {
        Gives(x => Where(Expr.Greater(x, 0), x.Log().Square(), 0), [0, 1], [0, 0]);
        Gives(x => Where(Expr.Greater(x, 0), (x.Sqrt() + x.Log()).Square(), x), [-1, 1], [1, 3]);
        Gives(x => Gradient.Of(Where(Expr.Greater(x, 0), x.Log().Square(), 0).Sum(), x), [0, 1], [0, 2]);
    }
}
