using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

/// <summary>Networks that are graphs of layers: several inputs and outputs, layers used more than once, parts.</summary>
public sealed class NetworkGraphTest
{
    private static Tensor<double> Normal(ulong key, params int[] sizes) => Tensor<double>.Build(sizes, v => Philox.Normal(new Key(key), v));

    private static Store<double> Initial(Network network)
    {
        var store = new Store<double>();
        network.Initialize(store, new Key(3));
        return store;
    }

    private static ImmutableArray<Tensor<double>> Run(Network network, Store<double> store, params ReadOnlySpan<Tensor<double>> inputs) =>
        Compiler.Compile(new Computation(network.Inputs, network.Outputs), store).Invoke(inputs);

    /// <summary>x and y to their distance in a learned space, and to what x is there.</summary>
    private static Network Siamese()
    {
        var (x, y) = (new Input(4).On("x"), new Input(4).On("y"));
        var left = new Dense(3, Formulas.Tanh).On("left", x);
        var right = left.Layer.On("right", y);
        return Network.Of([x, y], [new ElemwiseMerge((a, b) => (a - b).Square()).On("distance", left, right), left]);
    }

    [Fact]
    public void A_layer_that_is_used_twice_has_its_parameters_once()
    {
        var network = Siamese();
        Assert.Equal(["left/W", "left/b"], network.Parameters.Select(p => p.Name));
        Assert.Equal(["x", "y", "left", "right", "distance"], network.Nodes.Select(n => n.Name));
        Assert.Equal(4, network.Layers.Length);
        Assert.Equal([0, 0, 15, 0, 0], network.Summary().Select(r => r.Parameters));
        var (store, a, b) = (Initial(network), Normal(1, 5, 4), Normal(2, 5, 4));
        var there = Run(network, store, a, b);
        var back = Run(network, store, b, a);
        Assert.Equal(there[0].Span, back[0].Span);
        Assert.NotEqual(there[1].Span.ToArray(), back[1].Span.ToArray());
        Assert.All(Run(network, store, a, a)[0].Span.ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void Each_use_adds_to_the_gradient_of_what_is_shared()
    {
        var network = Siamese();
        var (w, b) = (network.Parameters[0].Variable, network.Parameters[1].Variable);
        Checking.GradientCheck.Of(network.Outputs[0], [w, b], [(network.Inputs[0], Normal(1, 2, 4)), (network.Inputs[1], Normal(2, 2, 4)), (w, Normal(3, 4, 3)), (b, Normal(4, 3))]).ThrowIfFailed();
    }

    [Fact]
    public void Noise_differs_between_the_uses_of_a_layer_and_its_steps_are_counted_for_each()
    {
        var x = new Input(50).On("x");
        var first = new Dropout().On("first", x);
        var network = Network.Of([x], [first, first.Layer.On("second", x)]);
        var store = Initial(network);
        var (values, updates) = network.Apply(Mode.Training, new Key(1), network.Inputs);
        var found = Compiler.Compile(new Computation(network.Inputs, values, updates), store).Invoke(Tensor<double>.Full(1, 2, 50));
        Assert.NotEqual(found[0].Span.ToArray(), found[1].Span.ToArray());
        Assert.Equal(2, store[network.Parameters[0].Variable].Value);
    }

    [Fact]
    public void The_steps_of_noise_begin_again_where_single_precision_can_count_no_further()
    {
        var network = Network.Sequential(("x", new Input(30)), ("drop", new Dropout()));
        var store = new Store<float>();
        var step = network.Parameters[0].Variable;
        store[step] = Tensor<float>.Scalar((1 << 24) - 1);
        var (value, updates) = network.Apply(Mode.Training, new Key(1), network.Input);
        var train = Compiler.Compile(new Computation([network.Input], [value], updates), store);
        var last = train.Invoke(Tensor<float>.Full(1, 1, 30))[0].Span.ToArray();
        Assert.Equal(0, store[step].Value);
        Assert.NotEqual(last, train.Invoke(Tensor<float>.Full(1, 1, 30))[0].Span.ToArray());
        Assert.Equal(1, store[step].Value);
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_of_channels_it_takes_all_or_nothing()
    {
        var network = Network.Sequential(("x", new Input(50, 20, 20)), ("drop", new Dropout(0.25)));
        var spatial = Network.Sequential(("x", new Input(50, 20, 20)), ("drop", new SpatialDropout(0.25)));
        float[] Trained(Network n)
        {
            var store = new Store<float>();
            n.Initialize(store, new Key(1));
            return Compiler.Compile(new Computation([n.Input], [n.Apply(Mode.Training, new Key(1), n.Input).Value]), store).Invoke(Tensor<float>.Full(3, 4, 50, 20, 20))[0].Span.ToArray();
        }
        var dropped = Trained(network);
        Assert.Equal([0, 4], dropped.Distinct().Order());
        // The deviation of the mean of 80,000 is 0.006.
        Assert.Equal(3, dropped.Average(), 0.03f);
        var channels = Trained(spatial).Chunk(400).ToList();
        Assert.All(channels, c => Assert.Single(c.Distinct()));
        Assert.InRange(channels.Count(c => c[0] == 0), 25, 75);
    }

    [Fact]
    public void Statistics_of_a_layer_that_is_used_twice_follow_one_use_after_the_other()
    {
        var (x, y) = (new Input(1).On("x"), new Input(1).On("y"));
        var first = new BatchNorm(Momentum: 0.5).On("first", x);
        var network = Network.Of([x, y], [first, first.Layer.On("second", y)]);
        var store = Initial(network);
        var (values, updates) = network.Apply(Mode.Training, new Key(1), network.Inputs);
        Compiler.Compile(new Computation(network.Inputs, values, updates), store).Invoke(Tensor<double>.Of([1.0, 3.0], 2, 1), Tensor<double>.Of([10.0, 30.0], 2, 1));
        double Statistic(string name) => store[network.Parameters.Single(p => p.Name == name).Variable].Span[0];
        Assert.Equal(0.5 * (0.5 * 0 + 0.5 * 2) + 0.5 * 20, Statistic("first/mean"), 1e-12);
        Assert.Equal(0.5 * (0.5 * 1 + 0.5 * 2) + 0.5 * 200, Statistic("first/variance"), 1e-12);
    }

    [Fact]
    public void A_network_within_another_shares_its_parameters_with_each_use()
    {
        var tower = Network.Sequential(("in", new Input(4)), ("a", new Dense(3, Formulas.Tanh)), ("b", new Dense(2)));
        var (x, y) = (new Input(4).On("x"), new Input(4).On("y"));
        var network = Network.Of([x, y], [new Concat().On("both", tower.On("left", x), tower.On("right", y))]);
        Assert.Equal(tower.Parameters.Select(p => p.Variable), network.Parameters.Select(p => p.Variable));
        Assert.Equal(["x", "y", "left/a", "left/b", "right/a", "right/b", "both"], network.Nodes.Select(n => n.Name));
        var (store, a, b) = (Initial(network), Normal(1, 1, 4), Normal(2, 1, 4));
        double[] Of(Tensor<double> v) => Run(tower, store, v)[0].Span.ToArray();
        Assert.Equal([.. Of(a), .. Of(b)], Run(network, store, a, b)[0].Span.ToArray(), (p, q) => Math.Abs(p - q) < 1e-12);
    }

    /// <summary>A block with a skip, and two heads.</summary>
    private static Network Forked()
    {
        var x = new Input(6).On("x");
        var a = new Dense(6, Formulas.Relu).On("a", x);
        var sum = new ElemwiseSum().On("sum", new Dense(6).On("b", a), a);
        return Network.Of([x], [new Dense(2).On("head1", sum), new Dense(3).On("head2", sum)]);
    }

    [Fact]
    public void Parts_lead_from_some_nodes_to_others()
    {
        var network = Forked();
        var (store, v) = (Initial(network), Normal(1, 4, 6));
        var whole = Run(network, store, v);
        var code = Run(network.UpTo("sum"), store, v)[0];
        Assert.Equal("(n, 2), (n, 3)", string.Join(", ", network.OutputShapes));
        foreach (var (name, i) in new[] { ("head1", 0), ("head2", 1) })
        {
            var head = network.Between("sum", name);
            Assert.Equal([$"{name}/W", $"{name}/b"], head.Parameters.Select(p => p.Name));
            Assert.Equal(whole[i].Span, Run(head, store, code)[0].Span);
        }
        Assert.Equal(["a", "b", "sum"], network.Between("x", "sum").Nodes.Skip(1).Select(n => n.Name));
        Assert.Equal(whole.Select(t => t.Span.ToArray()), Run(network.From("a"), store, v).Select(t => t.Span.ToArray()));
        Assert.Equal("(n, 3)", network.UpTo("head2").OutputShape.ToString());
        Assert.Equal(["head2", "head1"], network.Between(["sum"], ["head2", "head1"]).Nodes.OrderByDescending(n => n.Name).Select(n => n.Name));
    }

    [Fact]
    public void A_part_that_needs_something_else_is_refused_and_told_what()
    {
        var network = Forked();
        Assert.Equal("sum cannot be computed from b: x is needed too", Assert.Throws<ArgumentException>(() => network.Between("b", "sum")).Message);
        Assert.Equal("a does not depend on sum: leave it out", Assert.Throws<ArgumentException>(() => network.Between(["sum", "x"], ["a"])).Message);
        var part = network.Between("a", "head1");
        Assert.Equal("head1 cannot be computed from b: a is needed too", Assert.Throws<ArgumentException>(() => part.Between("b", "head1")).Message);
        Assert.Contains("there is no layer called c, there are x, a, b, sum, head1, head2", Assert.Throws<ArgumentException>(() => network.Between("a", "c")).Message, StringComparison.Ordinal);
        Assert.Contains("the output of layer a (dense): a value of shape (n, 5) was handed in; (n, 6) would fit",
            Assert.Throws<ShapeException>(() => part.Apply(Expr.Variable("v", "n", 5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_is_told_all_its_inputs_once_and_each_name_is_one_layers()
    {
        var (x, y) = (new Input(4).On("x"), new Input(4).On("y"));
        var sum = new ElemwiseSum().On("sum", x, y);
        static string Refused(Func<object> describe) => Assert.Throws<ArgumentException>(describe).Message;
        Assert.Equal("sum cannot be computed from x: y is needed too", Refused(() => Network.Of([x], [sum])));
        Assert.Equal("a does not depend on y: leave it out", Refused(() => Network.Of([x, y], [new Dense(2).On("a", x)])));
        Assert.Equal("the input x is given twice", Refused(() => Network.Of([x, x], [sum])));
        Assert.Equal("a network has an input and an output at least", Refused(() => Network.Of([x], [])));
        Assert.Equal("two layers are called sum", Refused(() => Network.Of([x, y], [new ElemwiseSum().On("sum", sum, x)])));
        var dense = new Dense(4).On("a", x);
        Assert.Equal("two parameters are called a/W", Refused(() => Network.Of([x], [new Dense(4).On("b", new Dense(4).On("a", x).Layer.On("c", dense))])));
    }

    [Fact]
    public void Several_inputs_and_outputs_are_asked_for_as_several()
    {
        var network = Siamese();
        Assert.Equal("the network has 2 inputs, x, y: ask for Inputs", Assert.Throws<InvalidOperationException>(() => network.Input).Message);
        Assert.Equal("the network has 2 outputs, distance, left: ask for Outputs", Assert.Throws<InvalidOperationException>(() => network.Output).Message);
        Assert.Equal("the network has 2 outputs, distance, left: ask for OutputShapes", Assert.Throws<InvalidOperationException>(() => network.OutputShape).Message);
        Assert.Equal("the network takes 2 inputs (x, y), not 1", Assert.Throws<ShapeException>(() => network.Apply(Expr.Variable("x", "n", 4))).Message);
        Assert.Equal(["x", "y"], network.Inputs.Select(i => i.Origin.Name));
    }

    [Fact]
    public void A_network_with_a_skip_trains()
    {
        var x = new Input(6).On("x");
        var code = new Dense(3, Formulas.Tanh).On("code", new GaussianNoise(0.05).On("noise", x));
        var back = new Dense(6).On("back", new Concat().On("seen", code, new Dense(1).On("mean", x)));
        var network = Network.Of([x], [back]);
        var data = Tensor<float>.Build([64, 6], v => Philox.Normal(new Key(1), v));
        var result = new Trainer(TrainingTask.Reconstruction(network), new Adam(0.02), new TrainingOptions(Epochs: 15, BatchSize: 16, Seed: 1)).Fit([data], [data]);
        Assert.True(result.History.Best!.ValidationError < 0.5 * result.History.Epochs[0].ValidationError, $"{result.History.Best.ValidationError} after {result.History.Epochs[0].ValidationError}");
    }
}
