using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

/// <summary>Tied weights: a decoder that goes back through its encoder's layers.</summary>
public sealed class InverseTest
{
    private static Tensor<double> Normal(ulong key, params int[] sizes) => Tensor<double>.Build(sizes, v => Philox.Normal(new Key(key), v));

    private static Store<double> Initial(Network network)
    {
        var store = new Store<double>();
        network.Initialize(store, new Key(3));
        return store;
    }

    private static double[] Run(Network network, Store<double> store, Tensor<double> input) =>
        Compiler.Compile(new Computation([network.Input], [network.Output]), store).Invoke(input)[0].Span.ToArray();

    private static Network Tied() => Network.Sequential(
        ("input", new Input(1, 6, 6)),
        ("conv", new Conv2D(2, 3)),
        ("flatten", new Flatten()),
        ("code", new Dense(5)),
        ("uncode", new Inverse("code")),
        ("unflatten", new Inverse("flatten")),
        ("unconv", new Inverse("conv")));

    [Fact]
    public void The_way_back_owns_no_parameters()
    {
        var network = Tied();
        Assert.Equal(["conv/W", "conv/b", "code/W", "code/b"], network.Parameters.Select(p => p.Name));
        Assert.Equal([0, 20, 0, 165, 0, 0, 0], network.Summary().Select(r => r.Parameters));
        Assert.Equal(["(n, 1, 6, 6)", "(n, 2, 4, 4)", "(n, 32)", "(n, 5)", "(n, 32)", "(n, 2, 4, 4)", "(n, 1, 6, 6)"], network.Summary().Select(r => r.Output.ToString()));
    }

    [Fact]
    public void Of_dense_layers_it_is_the_product_with_the_transposed_weights()
    {
        var network = Network.Sequential(("input", new Input(4)), ("code", new Dense(3)), ("back", new Inverse("code")));
        var (store, x) = (Initial(network), Normal(1, 5, 4));
        var (w, given) = (network.Parameters[0].Variable, Expr.Variable("x", 5, 4));
        var expected = Compiler.Compile(new Computation([given], [given.MatMul(w).MatMul(w.Transpose())]), store).Invoke(x)[0].Span.ToArray();
        Assert.All(expected.Zip(Run(network, store, x)), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Theory]
    [InlineData(1, Border.Valid)]
    [InlineData(2, Border.Valid)]
    [InlineData(1, Border.Same)]
    public void Of_convolutions_it_is_the_transposed_convolution(int stride, Border border)
    {
        var network = Network.Sequential(("input", new Input(2, 7, 7)), ("conv", new Conv2D(3, 3, Border: border, Stride: stride)), ("back", new Inverse("conv")));
        var other = Network.Sequential(("input", new Input(2, 7, 7)), ("conv", new Conv2D(3, 3, Border: border, Stride: stride)), ("back", new TransposedConv2D(2, 3, Border: border, Stride: stride)));
        var (store, x) = (Initial(network), Normal(1, 2, 2, 7, 7));
        foreach (var p in other.Parameters) store[p.Variable] = p.Name == "back/b" ? Tensor<double>.Full(0, 2) : store[network.Parameters.Single(q => q.Name == p.Name.Replace("back", "conv", StringComparison.Ordinal)).Variable];
        Assert.All(Run(other, store, x).Zip(Run(network, store, x)), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void Of_pooling_it_puts_values_where_the_maxima_were()
    {
        var network = Network.Sequential(("input", new Input(1, 4)), ("pool", new MaxPool1D(2)), ("twice", new Nonlinearity(x => 2 * x)), ("back", new Inverse("pool")));
        Assert.Equal([0, 8, 6, 0], Run(network, Initial(network), Tensor<double>.Of([1.0, 4, 3, 2], 1, 1, 4)));
        Assert.Equal(["twice", "input"], network.Nodes[^1].Inputs.Select(i => i.Name));
    }

    [Fact]
    public void Noise_goes_back_by_the_mask_that_was_drawn()
    {
        var x = new Input(40).On("x");
        var dropped = new Dropout().On("drop", x);
        var network = Network.Of([x], [dropped, new Inverse("drop").On("back", dropped)]);
        var (values, updates) = network.Apply(Mode.Training, new Key(1), network.Inputs);
        var found = Compiler.Compile(new Computation(network.Inputs, values, updates), Initial(network)).Invoke(Tensor<double>.Full(1, 1, 40));
        Assert.Equal([0, 2], found[0].Span.ToArray().Distinct().Order());
        Assert.Equal(found[0].Span.ToArray().Select(v => 2 * v), found[1].Span.ToArray());
    }

    [Fact]
    public void The_gradient_of_shared_weights_has_a_part_from_each_use()
    {
        var network = Tied();
        var loss = (network.Output - network.Input).Square().Mean();
        var values = network.Parameters.Select((p, i) => (p.Variable, Normal((ulong)i + 10, [.. p.Variable.Shape.Select(d => (int)d.Value!.Value)]))).Append((network.Input, Normal(1, 2, 1, 6, 6))).ToList();
        var w = network.Parameters[2].Variable;
        GradientCheck.Of(loss, network.Parameters.Select(p => p.Variable), values).ThrowIfFailed();

        // Each part by itself: the weights of one use held fast. Neither is nothing, and they add up.
        Expr Part(bool decoder)
        {
            var fixedW = Expr.Variable("fixed", w.Shape);
            var code = network.UpTo("code").Apply(network.Input);
            var encoded = decoder ? Traversal.Substitute([code], new Dictionary<Expr, Expr> { [w] = fixedW })[0] : code;
            var decoded = network.From("uncode").Apply(encoded);
            if (!decoder)
            {
                var cut = Expr.Variable("cut", encoded.Shape);
                var held = Traversal.Substitute([network.From("uncode").Apply(cut)], new Dictionary<Expr, Expr> { [w] = fixedW })[0];
                decoded = Traversal.Substitute([held], new Dictionary<Expr, Expr> { [cut] = encoded })[0];
            }
            var gradient = Gradient.Of((decoded - network.Input).Square().Mean(), w);
            return Traversal.Substitute([gradient], new Dictionary<Expr, Expr> { [fixedW] = w })[0];
        }
        var store = new Store<double>();
        foreach (var (variable, value) in values.Where(v => v.Item1 != network.Input)) store[variable] = value;
        var found = Compiler.Compile(new Computation([network.Input], [Gradient.Of(loss, w), Part(false), Part(true)]), store).Invoke(values[^1].Item2);
        var (whole, encoder, decoder) = (found[0].Span.ToArray(), found[1].Span.ToArray(), found[2].Span.ToArray());
        Assert.Contains(encoder, v => Math.Abs(v) > 1e-3);
        Assert.Contains(decoder, v => Math.Abs(v) > 1e-3);
        Assert.All(whole.Select((v, i) => v - encoder[i] - decoder[i]), v => Assert.Equal(0, v, 1e-10));
    }

    [Fact]
    public void What_is_linear_makes_a_decoder_of_its_own()
    {
        var network = Tied();
        var (encoder, decoder) = (network.UpTo("code"), network.From("uncode"));
        Assert.Equal(["conv/W", "conv/b", "code/W", "code/b"], decoder.Parameters.Select(p => p.Name).OrderBy(n => network.Parameters.Select(p => p.Name).ToList().IndexOf(n)));
        var (store, x) = (Initial(network), Normal(1, 3, 1, 6, 6));
        var code = Compiler.Compile(new Computation([encoder.Input], [encoder.Output]), store).Invoke(x)[0];
        Assert.Equal(Run(network, store, x), Run(decoder, store, code));
    }

    [Fact]
    public void What_is_not_needs_what_went_in()
    {
        var network = Network.Sequential(("input", new Input(1, 4)), ("pool", new MaxPool1D(2)), ("flatten", new Flatten()), ("code", new Dense(2)),
            ("uncode", new Inverse("code")), ("unflatten", new Inverse("flatten")), ("unpool", new Inverse("pool")));
        Assert.Equal("unpool cannot be computed from code: input is needed too", Assert.Throws<ArgumentException>(() => network.From("uncode")).Message);
    }

    [Fact]
    public void A_decoder_may_begin_at_an_input_of_its_own()
    {
        var code = new Dense(3).On("code", new Input(4).On("x"));
        var z = new Input(3).On("z");
        var decoder = Network.Of([z], [new Bias(Init.Constant(1)).On("bias", new Inverse(code).On("back", z))]);
        Assert.Equal(["code/W", "code/b", "bias/b"], decoder.Parameters.Select(p => p.Name));
        Assert.Equal([1, 1, 1, 1], Run(decoder, Initial(decoder), Tensor<double>.Full(0, 1, 3)));
    }

    [Fact]
    public void A_network_with_tied_weights_trains()
    {
        var network = Network.Sequential(("input", new Input(8)), ("code", new Dense(3)), ("back", new Inverse("code")), ("bias", new Bias()));
        // Of three numbers each, so three numbers can give all of it back.
        var data = Tensor<float>.Build([96, 8], v =>
        {
            var (few, mix) = (new float[96 * 3], new float[3 * 8]);
            Philox.Normal(new Key(1), few);
            Philox.Normal(new Key(2), mix);
            for (var i = 0; i < v.Length; i++) v[i] = 0.5f + Enumerable.Range(0, 3).Sum(k => few[i / 8 * 3 + k] * mix[k * 8 + i % 8]);
        });
        var result = new Trainer(TrainingTask.Reconstruction(network), new Adam(0.02), new TrainingOptions(Epochs: 60, BatchSize: 16, Seed: 1)).Fit([data], [data]);
        Assert.True(result.History.Best!.ValidationError < 0.05 * result.History.Epochs[0].ValidationError, $"{result.History.Best.ValidationError} after {result.History.Epochs[0].ValidationError}");
    }
}
