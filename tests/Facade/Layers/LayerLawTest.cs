using System.Collections.Immutable;
using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

/// <summary>What holds of every layer, tried on small networks of random sizes.</summary>
public sealed class LayerLawTest
{
    public static TheoryData<string> Cases => [.. LayerCases.All.Select(c => c.Name)];

    private static LayerCase Case(string name) => LayerCases.All.Single(c => c.Name == name);

    private static void Each(string name, int cases, Action<Draw, LayerSample, Network> law) => Properties.Case.ForAll(d =>
    {
        var sample = Case(name).Build(d);
        law(d, sample, sample.Network());
    }, cases);

    private const int Batch = 3;

    /// <summary>Between -1.5 and 1.5, without ties, so that no pool meets a kink.</summary>
    private static ImmutableArray<Tensor<double>> Values(Draw d, LayerSample sample) => [.. sample.Inputs.Select(sizes => sample.Indices > 0
        ? d.Values([Batch, .. sizes], () => d.Int(0, sample.Indices - 1))
        : Scaled(d.Distinct([Batch, .. sizes])))];

    private static Tensor<double> Scaled(Tensor<double> x) => Tensor<double>.Of(x.Span.ToArray().Select(v => v * Math.Min(1, 20.0 / x.Length)), [.. x.Sizes]);

    private static Store<double> Drawn(Draw d, Network network)
    {
        var store = new Store<double>();
        // Variances are positive and steps whole numbers, which random parameters would not be.
        network.Initialize(store, new Key(5));
        foreach (var p in network.Parameters.Where(p => p.IsLearned)) store[p.Variable] = d.Values([.. store[p.Variable].Sizes], d.Signed);
        return store;
    }

    [Fact]
    public void Every_layer_has_a_case()
    {
        var layers = typeof(Layer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Layer)) && !t.IsAbstract && t.IsPublic);
        Assert.Empty(layers.Except(LayerCases.All.Select(c => c.Layer)).Select(t => t.Name));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_shape_that_is_stated_is_the_shape_that_comes_out(string name) => Each(name, 20, (d, sample, network) =>
    {
        var stated = network.OutputShape.Evaluate(new Dictionary<string, long> { ["n"] = Batch });
        Assert.Equal([Batch, .. sample.Output], stated);
        foreach (var mode in new[] { Mode.Evaluation, Mode.Training })
        {
            var (values, updates) = network.Apply(mode, new Key(1), network.Inputs);
            var found = Compiler.Compile(new Computation(network.Inputs, values, updates), Drawn(d, network)).Invoke([.. Values(d, sample)]);
            Assert.Equal(stated, found[0].Sizes.ToArray());
            Assert.All(found[0].Span.ToArray(), v => Assert.True(double.IsFinite(v)));
        }
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_gradients_are_right_in_both_modes(string name) => Each(name, 5, (d, sample, network) =>
    {
        var store = Drawn(d, network);
        var values = network.Inputs.Zip(Values(d, sample)).Concat(network.Parameters.Select(p => (p.Variable, store[p.Variable]))).ToList();
        foreach (var mode in new[] { Mode.Evaluation, Mode.Training })
        {
            var y = network.Apply(mode, new Key(1), network.Inputs).Values[0];
            var used = Traversal.Variables([y]).ToHashSet();
            var wrt = (sample.Indices > 0 ? [] : network.Inputs).Concat(network.Parameters.Where(p => p.IsLearned).Select(p => p.Variable)).ToList();
            if (wrt.Count > 0) GradientCheck.Of(y, wrt, values.Where(v => used.Contains(v.Item1) || wrt.Contains(v.Item1))).ThrowIfFailed();
        }
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void After_training_it_is_a_function_of_its_input_alone(string name) => Each(name, 5, (d, sample, network) =>
    {
        var (values, updates) = network.Apply(Mode.Evaluation, new Key(1), network.Inputs);
        Assert.Empty(updates);
        Assert.DoesNotContain(Traversal.Topological([Whole(values[0])]), e => e.Op is Op.Uniform);
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_noise_is_a_function_of_key_and_step(string name) => Each(name, 2, (d, sample, network) =>
    {
        var (inputs, store) = (Values(d, sample), Drawn(d, network));
        double[] Trained(ulong key, Store<double> on)
        {
            var (values, updates) = network.Apply(Mode.Training, new Key(key), network.Inputs);
            return Compiler.Compile(new Computation(network.Inputs, values, updates), on).Invoke([.. inputs])[0].Span.ToArray();
        }
        Store<double> Copy()
        {
            var copy = new Store<double>();
            foreach (var p in network.Parameters) copy[p.Variable] = store[p.Variable];
            return copy;
        }
        var first = Copy();
        var once = Trained(1, first);
        Assert.Equal(once, Trained(1, Copy()));
        var isNoise = network.Parameters.Any(p => p.Name == "it/step");
        Assert.True(isNoise || !Case(name).Layer.IsSubclassOf(typeof(Noise)));
        if (!isNoise)
        {
            Assert.DoesNotContain(Traversal.Topological(network.Apply(Mode.Training, new Key(1), network.Inputs).Values.Select(Whole)), e => e.Op is Op.Uniform);
            return;
        }
        Assert.Equal(1, first[network.Parameters[0].Variable].Value);
        // Of few values none may be hit: of 12 other keys and steps one is.
        Assert.Contains(Enumerable.Range(2, 12), key => !Trained((ulong)key, Copy()).SequenceEqual(once));
        Assert.Contains(Enumerable.Range(2, 12), _ => !Trained(1, first).SequenceEqual(once));
    });

    /// <summary>All nodes, those of definitions too.</summary>
    private static Expr Whole(Expr e) => Traversal.Rebuild([e], (node, args) => node.Op is Op.Call call ? Whole(call.Definition.Expand(args)) : node.With(args))[0];
}
