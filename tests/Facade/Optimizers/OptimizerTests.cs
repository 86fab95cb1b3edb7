using AutoDiffAE.Graph;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Optimizers;

public class OptimizerTests
{
    private const double R = 0.1, M = 0.9;

    // The loss ½ Σ c p² has the gradient c p.
    private static readonly double[] Curvature = [1, 0.5, -0.25];

    private static readonly double[] Start = [1, -2, 3];

    private static double[] Minimize(Optimizer optimizer, int steps, double? laterRate = null)
    {
        var p = Expr.Variable("p", 3);
        var loss = (0.5 * Expr.Constant(Tensor<double>.Of(Curvature, 3)) * p.Square()).Sum();
        var recurrence = optimizer.Of(loss, [p]);
        var store = new Store<double> { [p] = Tensor<double>.Of(Start, 3) };
        recurrence.Initialize(store);
        var step = Compiler.Compile(new Computation([], [loss], recurrence.Updates), store);
        for (var i = 0; i < steps; i++)
        {
            if (i == 3 && laterRate is { } rate) store[recurrence["learning_rate"]] = Tensor<double>.Scalar(rate);
            step.Invoke([], [new Buffer<double>()]);
        }
        return store[p].Span.ToArray();
    }

    private static double[] ByHand(int steps, Func<double, double, double, double, (double P, double V)> next, double laterRate = R) =>
        [.. Start.Zip(Curvature, (p, c) => Enumerable.Range(0, steps).Aggregate((P: p, V: 0.0), (s, i) => next(s.P, s.V, c * s.P, i < 3 ? R : laterRate)).P)];

    private static (double, double) Nesterov(double p, double v, double g, double r)
    {
        v = M * v - r * g;
        return (p + M * v - r * g, v);
    }

    private static void Same(double[] expected, double[] found) => Assert.All(expected.Zip(found), x => Assert.Equal(x.First, x.Second, 1e-12));

    [Fact]
    public void Sgd_goes_against_the_gradient() => Same(ByHand(7, (p, v, g, r) => (p - r * g, 0)), Minimize(new Sgd(R), 7));

    [Fact]
    public void Momentum_gathers_velocity() => Same(ByHand(7, (p, v, g, r) => (p + M * v - r * g, M * v - r * g)), Minimize(new Momentum(R, M), 7));

    [Fact]
    public void Nesterov_in_Lasagnes_form() => Same(ByHand(7, Nesterov), Minimize(new NesterovMomentum(R, M), 7));

    /// <summary>Algorithm 1 of Kingma and Ba, line by line.</summary>
    private static double[] AdamByHand(int steps, double r, double b1, double b2, double epsilon) => [.. Start.Zip(Curvature, (start, c) =>
    {
        var (p, m, v) = (start, 0.0, 0.0);
        for (var t = 1; t <= steps; t++)
        {
            var g = c * p;
            m = b1 * m + (1 - b1) * g;
            v = b2 * v + (1 - b2) * g * g;
            p -= r * (m / (1 - Math.Pow(b1, t))) / (Math.Sqrt(v / (1 - Math.Pow(b2, t))) + epsilon);
        }
        return p;
    })];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public void Adam_follows_its_paper(int steps)
    {
        Same(AdamByHand(steps, R, 0.9, 0.999, 1e-8), Minimize(new Adam(R), steps));
        Same(AdamByHand(steps, 0.02, 0.5, 0.9, 0.1), Minimize(new Adam(0.02, 0.5, 0.9, 0.1), steps));
    }

    /// <summary>The first step goes by the rate, whatever the gradient's size: m̂ = g and v̂ = g².</summary>
    [Fact]
    public void Adams_first_step_goes_by_the_rate() =>
        Assert.All(Start.Zip(Curvature, Minimize(new Adam(R), 1)), x => Assert.Equal(x.First - R * Math.Sign(x.First * x.Second), x.Third, 1e-7));

    [Theory]
    [InlineData(0.0, 0.9, 0.999, 1e-8)]
    [InlineData(0.1, 1.0, 0.999, 1e-8)]
    [InlineData(0.1, 0.9, -0.1, 1e-8)]
    [InlineData(0.1, 0.9, 0.999, 0.0)]
    [InlineData(0.1, 0.9, 0.999, double.NaN)]
    public void Adams_that_cannot_be_are_refused(double rate, double beta1, double beta2, double epsilon)
    {
        var p = Expr.Variable("p", 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(rate, beta1, beta2, epsilon).Of(p.Sum(), [p]));
    }

    [Fact]
    public void A_new_rate_needs_no_new_compilation() => Same(ByHand(7, Nesterov, 0.02), Minimize(new NesterovMomentum(R, M), 7, laterRate: 0.02));

    [Theory]
    [InlineData(0.0, 0.9)]
    [InlineData(double.NaN, 0.9)]
    [InlineData(0.1, 1.0)]
    [InlineData(0.1, -0.1)]
    public void Rates_that_cannot_be_are_refused(double rate, double momentum)
    {
        var p = Expr.Variable("p", 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NesterovMomentum(rate, momentum).Of(p.Sum(), [p]));
    }

    [Fact]
    public void A_parameter_that_the_loss_does_not_know_is_an_error()
    {
        var (p, q) = (Expr.Variable("p", 3), Expr.Variable("q", 3));
        Assert.Throws<DisconnectedException>(() => new Sgd().Of(p.Sum(), [p, q]));
    }
}
