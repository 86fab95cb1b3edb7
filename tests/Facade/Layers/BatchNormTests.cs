using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

public sealed class BatchNormTests
{
    private const double Momentum = 0.1, Epsilon = 1e-5;

    private static readonly int[] Sizes = [3, 2, 2, 5];

    private static readonly Tensor<double> X = Tensor<double>.Build(Sizes, values => Philox.Normal(new Key(7), values));

    /// <summary>The values of one channel.</summary>
    private static double[] Channel(Tensor<double> x, int channel) =>
        [.. Enumerable.Range(0, 3).SelectMany(n => Enumerable.Range(0, 10).Select(i => x.Span[(n * 2 + channel) * 10 + i]))];

    private static (Network Network, Store<double> Store) Bound(Layer layer)
    {
        var network = Network.Sequential(("input", new Input(2, 2, 5)), ("norm", layer));
        var store = new Store<double>();
        network.Initialize(store, new Key(1));
        return (network, store);
    }

    private static Tensor<double> Value(Network network, Store<double> store, string name) => store[network.Parameters.Single(p => p.Name == $"norm/{name}").Variable];

    private static Function<double> Training(Network network, Store<double> store)
    {
        var (y, updates) = network.Apply(Mode.Training, default, network.Input);
        return Compiler.Compile(new Computation([network.Input], [y], updates), store);
    }

    private static void Same(IEnumerable<double> expected, IEnumerable<double> found) =>
        Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-12));

    [Fact]
    public void In_training_the_batch_is_standardised_then_scaled_and_shifted()
    {
        var (network, store) = Bound(new BatchNorm(Gamma: Init.Constant(2), Beta: Init.Constant(0.5)));
        var y = Training(network, store).Invoke(X)[0];
        for (var channel = 0; channel < 2; channel++)
        {
            var x = Channel(X, channel);
            var (mean, variance) = (x.Average(), x.Average(v => Math.Pow(v - x.Average(), 2)));
            Same(x.Select(v => 2 * (v - mean) / Math.Sqrt(variance + Epsilon) + 0.5), Channel(y, channel));
        }
    }

    [Fact]
    public void The_running_statistics_follow_with_the_unbiased_variance()
    {
        var (network, store) = Bound(new BatchNorm(Momentum));
        var train = Training(network, store);
        train.Invoke(X);
        train.Invoke(X);
        for (var channel = 0; channel < 2; channel++)
        {
            var x = Channel(X, channel);
            var (mean, unbiased) = (x.Average(), x.Sum(v => Math.Pow(v - x.Average(), 2)) / (x.Length - 1));
            static double Twice(double start, double value) => (1 - Momentum) * ((1 - Momentum) * start + Momentum * value) + Momentum * value;
            Assert.Equal(Twice(0, mean), Value(network, store, "mean").Span[channel], 1e-12);
            Assert.Equal(Twice(1, unbiased), Value(network, store, "variance").Span[channel], 1e-12);
        }
    }

    [Fact]
    public void After_training_the_running_statistics_are_taken()
    {
        var (network, store) = Bound(new BatchNorm(Momentum: 1));
        Training(network, store).Invoke(X);
        var y = Compiler.Compile(new Computation([network.Input], [network.Output]), store).Invoke(X)[0];
        for (var channel = 0; channel < 2; channel++)
        {
            var x = Channel(X, channel);
            var unbiased = x.Sum(v => Math.Pow(v - x.Average(), 2)) / (x.Length - 1);
            Same(x.Select(v => (v - x.Average()) / Math.Sqrt(unbiased + Epsilon)), Channel(y, channel));
        }
    }

    [Fact]
    public void One_value_has_no_variance()
    {
        var network = Network.Sequential(("input", new Input(2)), ("norm", new BatchNorm(Momentum: 1)));
        var store = new Store<double>();
        network.Initialize(store, new Key(1));
        Training(network, store).Invoke(Tensor<double>.Of([3.0, 4.0], 1, 2));
        Assert.Equal([0, 0], Value(network, store, "variance").Span);
        Assert.Equal([3, 4], Value(network, store, "mean").Span);
    }

    [Fact]
    public void An_optimizer_changes_scale_and_shift_alone()
    {
        var (network, _) = Bound(new BatchNorm());
        Assert.Equal(["norm/gamma", "norm/beta", "norm/mean", "norm/variance"], network.Parameters.Select(p => p.Name));
        Assert.Equal(["norm/gamma", "norm/beta"], network.Parameters.Where(p => p.IsLearned).Select(p => p.Name));
        Assert.Equal(4, network.Summary()[1].Parameters);
        var task = TrainingTask.Reconstruction(network);
        Assert.Equal(2, task.Learned.Length);
        Assert.Equal(2, task.Updates.Length);
    }

    [Fact]
    public void A_training_keeps_the_statistics_with_its_best_parameters()
    {
        var network = Network.Sequential(("input", new Input(2, 2, 5)), ("norm", new BatchNorm()), ("flat", new Flatten()), ("out", new Dense(20)));
        var trainer = new Trainer(TrainingTask.Reconstruction(network), new Adam(0.01), new TrainingOptions(Epochs: 3, BatchSize: 8));
        var data = Tensor<float>.Build([40, 2, 2, 5], values =>
        {
            Philox.Normal(new Key(3), values);
            foreach (ref var value in values) value += 2;
        });
        var result = trainer.Fit([data], [data]);
        var mean = result.Best!.Values["norm/mean"];
        Assert.All(mean.Span.ToArray(), v => Assert.InRange(v, 1, 3));
        Assert.Equal(mean.Span, trainer.Store[network.Parameters.Single(p => p.Name == "norm/mean").Variable].Span);
    }

    [Theory]
    [InlineData(0.0, 1e-5)]
    [InlineData(1.5, 1e-5)]
    [InlineData(0.1, 0.0)]
    public void What_cannot_be_is_refused(double momentum, double epsilon) =>
        Assert.Contains("cannot be had", Assert.Throws<ShapeException>(() => new BatchNorm(momentum, epsilon).Bind("norm", ["n", 3])).Message, StringComparison.Ordinal);

    [Fact]
    public void Inputs_without_channels_are_refused() =>
        Assert.Contains("(n, channels, …) would fit", Assert.Throws<ShapeException>(() => new BatchNorm().Bind("norm", ["n"])).Message, StringComparison.Ordinal);
}
