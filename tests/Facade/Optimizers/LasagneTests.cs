using AutoDiffAE.Graph;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Optimizers;

/// <summary>
/// Lasagne's own table (its test_updates.py, which has the numbers from torch.optim): ten steps of Σ (0.1, 0.2, 0.3) x², from ones, of two parameters at once.
/// </summary>
public sealed class LasagneTests
{
    public static TheoryData<string, Optimizer, double[]> Table => new()
    {
        { "sgd", new Sgd(0.1), [0.81707280688755, 0.6648326359915, 0.5386151140949] },
        { "momentum", new Momentum(0.1, 0.5), [0.6848486952183, 0.44803321781003, 0.27431190123502] },
        { "nesterov_momentum", new NesterovMomentum(0.1, 0.5), [0.67466543592725, 0.44108468114241, 0.2769002108997] },
        { "adagrad", new Adagrad(0.1), [0.55373120047759, 0.55373120041518, 0.55373120039438] },
        { "rmsprop", new RmsProp(0.01), [0.83205403985348, 0.83205322744821, 0.83205295664444] },
        { "adadelta", new Adadelta(), [0.95453237704725, 0.9545237471374, 0.95452214847397] },
        { "adam", new Adam(0.01), [0.90034972009036, 0.90034967993061, 0.90034966654402] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Ten_steps_are_those_of_its_table(string name, Optimizer optimizer, double[] expected)
    {
        var (a, b) = (Expr.Variable($"{name}_a", 3), Expr.Variable($"{name}_b", 3));
        Expr Loss(Expr x) => (Expr.Constant(Tensor<double>.Of([0.1, 0.2, 0.3], 3)) * x.Square()).Sum();
        var recurrence = optimizer.Of(Loss(a) + Loss(b), [a, b]);
        var store = new Store<double> { [a] = Tensor<double>.Full(1, 3), [b] = Tensor<double>.Full(1, 3) };
        recurrence.Initialize(store);
        var step = Compiler.Compile(new Computation([], [], recurrence.Updates), store);
        for (var i = 0; i < 10; i++) step.Invoke();
        Assert.Equal(store[a].Span.ToArray(), store[b].Span.ToArray());
        Assert.All(expected.Zip(store[a].Span.ToArray()), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-5 * pair.First));
    }

    /// <summary>Lasagne divides by √v + ε̂ and puts all corrections into the rate: ε̂ is ε √(1 - b₂ᵗ).</summary>
    [Fact]
    public void Its_Adam_has_our_epsilon_times_the_root_of_the_correction()
    {
        const double R = 0.1, B1 = 0.9, B2 = 0.99, Epsilon = 0.01;
        var theirs = Minimization.ByHand(() =>
        {
            var (m, v) = (0.0, 0.0);
            return (p, g, t) =>
            {
                var root = Math.Sqrt(1 - Math.Pow(B2, t));
                (m, v) = (B1 * m + (1 - B1) * g, B2 * v + (1 - B2) * g * g);
                return p - R * root / (1 - Math.Pow(B1, t)) * m / (Math.Sqrt(v) + Epsilon * root);
            };
        }, 20);
        Near.All(theirs[^1], Minimization.Of(new Adam(R, B1, B2, Epsilon), 20)[^1], 1e-12);
    }

    /// <summary>Lasagne has m / (max(b₂ u, |g|) + ε), which is ours while gradients grow, as the third element's do.</summary>
    [Fact]
    public void Its_Adamax_is_ours_while_gradients_grow()
    {
        const double R = 0.1, B1 = 0.9, B2 = 0.999, Epsilon = 0.01;
        var theirs = Minimization.ByHand(() =>
        {
            var (m, u) = (0.0, 0.0);
            return (p, g, t) =>
            {
                (m, u) = (B1 * m + (1 - B1) * g, Math.Max(B2 * u, Math.Abs(g)));
                return p - R / (1 - Math.Pow(B1, t)) * m / (u + Epsilon);
            };
        }, 20);
        Assert.Equal(theirs[^1][2], Minimization.Of(new Adamax(R, B1, B2, Epsilon), 20)[^1][2], 1e-12);
    }
}
