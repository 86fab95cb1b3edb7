using AutoDiffAE.Graph;
using AutoDiffAE.Optimizers;
using Xunit;

namespace AutoDiffAE.Tests.Optimizers;

/// <summary>
/// PyTorch's documented recurrences, number by number, and what PyTorch 1.13 itself gives in float64 after 50 steps from (1, -2, 3) with gradients
/// (p₁, p₂ / 2, -p₃ / 4).
/// </summary>
public sealed class PyTorchTests
{
    private sealed record Row(Func<Expr, Optimizer> Ours, Func<Func<double, double, int, double>> Theirs, double[] Torch);

    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["SGD(lr=0.1)"] = new(_ => new Sgd(0.1), () => (p, g, _) => p - 0.1 * g, [0.005153775207320112, -0.15388995055342664, 10.311326159110651]),
        ["SGD(lr=0.1, momentum=0.9)"] = new(_ => new Momentum(0.1, 0.9), () => Buffered(0, nesterov: false), [-0.06668023889660837, -0.011849813278874093, 749.9745772296358]),
        ["SGD(lr=0.1, momentum=0.9, nesterov=True)"] = new(_ => new NesterovMomentum(0.1, 0.9), () => Buffered(0, nesterov: true),
            [-0.004939764061260279, 0.0015497138914264735, 1179.439047638762]),
        ["SGD(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)"] = new(p => new NesterovMomentum(0.1, 0.9).WithWeightDecay(0.01, [p]), () => Buffered(0.01, nesterov: true),
            [-0.004645900359075163, -0.0032283820314839016, 992.9371733134304]),
        ["SGD and momentum apart"] = new(_ => new Sgd(0.1).WithMomentum(0.9), () => Buffered(0, nesterov: false), [-0.06668023889660837, -0.011849813278874093, 749.9745772296358]),
        ["SGD and Nesterov's momentum apart"] = new(_ => new Sgd(0.1).WithMomentum(0.9, nesterov: true), () => Buffered(0, nesterov: true),
            [-0.004939764061260279, 0.0015497138914264735, 1179.439047638762]),
        ["Adagrad(lr=0.1, eps=1e-3)"] = new(_ => new Adagrad(0.1, 1e-3, EpsilonPlace.BesideRoot), () =>
        {
            var sum = 0.0;
            return (p, g, _) => p - 0.1 * g / (Math.Sqrt(sum += g * g) + 1e-3);
        }, [0.1372802712936107, -0.9083624042452899, 4.364918871717365]),
        ["RMSprop(lr=0.01, alpha=0.9, eps=1e-3)"] = new(_ => new RmsProp(0.01, 0.9, 1e-3, EpsilonPlace.BesideRoot), () => MeanSquare(0),
            [0.46001593786897343, -1.4313241134139105, 3.6019160456872594]),
        ["RMSprop(lr=0.01, alpha=0.9, eps=1e-3, momentum=0.5)"] = new(_ => new RmsProp(0.01, 0.9, 1e-3, EpsilonPlace.BesideRoot).WithMomentum(0.5), () => MeanSquare(0.5),
            [0.10550229087016294, -0.936160401279316, 4.203272302742192]),
        ["Adadelta(lr=0.5, rho=0.9, eps=1e-3)"] = new(_ => new Adadelta(0.5, 0.9, 1e-3), () =>
        {
            var (square, step) = (0.0, 0.0);
            return (p, g, _) =>
            {
                square = 0.9 * square + 0.1 * g * g;
                var delta = Math.Sqrt(step + 1e-3) / Math.Sqrt(square + 1e-3) * g;
                step = 0.9 * step + 0.1 * delta * delta;
                return p - 0.5 * delta;
            };
        }, [0.012199188120770565, -0.3400306095491292, 7.185868031174841]),
        ["Adam(lr=0.1, eps=1e-3)"] = new(_ => new Adam(0.1, Epsilon: 1e-3), () => Moments(0.9, 0.999), [-0.0040603878781878475, 0.07670725770807683, 8.563407479462917]),
        ["Adam(lr=0.1, eps=1e-3, weight_decay=0.01)"] = new(p => new Adam(0.1, Epsilon: 1e-3).WithWeightDecay(0.01, [p]), () => Moments(0.9, 0.999, coupled: 0.01),
            [-0.004067877497168601, 0.07668883426627965, 8.563177992943366]),
        ["AdamW(lr=0.1, eps=1e-3, weight_decay=0.01)"] = new(_ => new AdamW(0.1, 0.01, Epsilon: 1e-3, Decays: _ => true), () => Moments(0.9, 0.999, decoupled: 0.01),
            [-0.00577646673019256, 0.06950930723654841, 8.273514608429924]),
        ["Adamax(lr=0.1, eps=1e-3)"] = new(_ => new Adamax(0.1, Epsilon: 1e-3), () =>
        {
            var (mean, size) = (0.0, 0.0);
            return (p, g, t) =>
            {
                (mean, size) = (0.9 * mean + 0.1 * g, Math.Max(0.999 * size, Math.Abs(g) + 1e-3));
                return p - 0.1 / (1 - Math.Pow(0.9, t)) * mean / size;
            };
        }, [0.0018067930261305926, 0.07188478155677831, 7.490383523612203]),
        ["Adam(lr=0.1, betas=(0.5, 0.9), eps=1e-3, amsgrad=True)"] = new(_ => new Amsgrad(0.1, 0.5, 0.9, 1e-3), () => Moments(0.5, 0.9, amsgrad: true),
            [-3.222025258149128e-07, -0.02918924768746475, 8.500762295211377]),
    };

    private static Func<double, double, int, double> Buffered(double decay, bool nesterov)
    {
        var buffer = 0.0;
        return (p, g, t) =>
        {
            g += decay * p;
            buffer = t == 1 ? g : 0.9 * buffer + g;
            return p - 0.1 * (nesterov ? g + 0.9 * buffer : buffer);
        };
    }

    private static Func<double, double, int, double> MeanSquare(double momentum)
    {
        var (square, buffer) = (0.0, 0.0);
        return (p, g, _) =>
        {
            square = 0.9 * square + 0.1 * g * g;
            buffer = momentum * buffer + g / (Math.Sqrt(square) + 1e-3);
            return p - 0.01 * buffer;
        };
    }

    private static Func<double, double, int, double> Moments(double b1, double b2, double coupled = 0, double decoupled = 0, bool amsgrad = false)
    {
        var (mean, square, largest) = (0.0, 0.0, 0.0);
        return (p, g, t) =>
        {
            g += coupled * p;
            p *= 1 - 0.1 * decoupled;
            (mean, square) = (b1 * mean + (1 - b1) * g, b2 * square + (1 - b2) * g * g);
            largest = amsgrad ? Math.Max(largest, square) : square;
            return p - 0.1 / (1 - Math.Pow(b1, t)) * mean / (Math.Sqrt(largest) / Math.Sqrt(1 - Math.Pow(b2, t)) + 1e-3);
        };
    }

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fifty_steps_are_the_same_to_nine_digits(string name)
    {
        var (ours, theirs, torch) = Rows[name];
        var (path, byHand) = (Minimization.Of(ours, 50), Minimization.ByHand(theirs, 50));
        Assert.All(byHand.Zip(path), step => Near.All(step.First, step.Second, 1e-9));
        Near.All(torch, byHand[^1], 1e-9);
        Near.All(torch, path[^1], 1e-9);
    }

    /// <summary>A falling rate is where the two forms of momentum part: Lasagne's velocity keeps the rates that its steps had.</summary>
    [Fact]
    public void Momentum_parts_from_it_where_the_rate_falls()
    {
        var half = Schedules.Step(5, 0.5);
        double Rate(int t) => 0.1 * Math.Pow(0.5, (t - 1) / 5);
        var velocities = Minimization.ByHand(() =>
        {
            var v = 0.0;
            return (p, g, t) => p + (v = 0.9 * v - Rate(t) * g);
        }, 20);
        var buffers = Minimization.ByHand(() =>
        {
            var b = 0.0;
            return (p, g, t) => p - Rate(t) * (b = 0.9 * b + g);
        }, 20);
        var ours = Minimization.Of(new Momentum(0.1, 0.9).With(half), 20);
        Near.All(velocities[^1], ours[^1], 1e-12);
        Near.All(buffers[5], ours[5], 1e-12);
        Assert.True(Math.Abs(buffers[6][0] - ours[6][0]) > 0.01);
    }

    [Fact]
    public void Lion_moves_each_element_by_the_rate()
    {
        var byHand = Minimization.ByHand(() =>
        {
            var m = 0.0;
            return (p, g, _) =>
            {
                var next = p - 0.01 * (Math.Sign(0.9 * m + (1 - 0.9) * g) + 0.1 * p);
                m = 0.99 * m + (1 - 0.99) * g;
                return next;
            };
        }, 30);
        Near.All(byHand[^1], Minimization.Of(new Lion(0.01, WeightDecay: 0.1, Decays: _ => true), 30)[^1], 1e-12);
        var plain = Minimization.Of(new Lion(0.01, WeightDecay: 0.1), 30);
        Assert.All(plain.Zip(plain.Skip(1)), s => Assert.All(s.First.Zip(s.Second), p => Assert.Equal(0.01, Math.Abs(p.First - p.Second), 1e-14)));
    }
}
