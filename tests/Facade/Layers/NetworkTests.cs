using AutoDiffAE.Autoencoders;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

public class NetworkTests
{
    private static readonly Network Standard = new ConvolutionalAutoencoder(28, 28).Build();

    [Fact]
    public void The_standard_network_has_the_published_shapes()
    {
        Assert.Equal(
            ["(n, 1, 28, 28)", "(n, 32, 22, 22)", "(n, 32, 11, 11)", "(n, 3872)", "(n, 40)", "(n, 9248)", "(n, 32, 17, 17)", "(n, 32, 34, 34)", "(n, 1, 28, 28)", "(n, 784)"],
            Standard.Summary().Select(row => row.Output.ToString()));
        Assert.Equal(32 * 49 + 32 + 3872 * 40 + 40 + 40 * 9248 + 9248 + 32 * 49 + 1, Standard.Summary().Sum(row => row.Parameters));
    }

    [Fact]
    public void Parameters_are_named_by_their_layers() => Assert.Equal(
        ["conv/W", "conv/b", "code/W", "code/b", "hidden/W", "hidden/b", "deconv/W", "deconv/b"], Standard.Parameters.Select(p => p.Name));

    [Fact]
    public void Weights_are_regularizable_and_biases_are_biases() => Assert.All(Standard.Parameters, p =>
        Assert.Equal(p.Name.EndsWith("/W", StringComparison.Ordinal) ? Parameter.Regularizable : Parameter.Bias, Assert.Single(p.Tags)));

    [Fact]
    public void A_layer_is_one_node_with_its_name_and_scope()
    {
        var output = Standard.Output;
        var calls = Traversal.Topological([output]).Where(e => e.Op is Op.Call).ToList();
        Assert.Equal(Standard.Layers.Skip(1).Select(l => l.Name), calls.Select(c => c.Origin.Name));
        Assert.Equal(Standard.Layers.Skip(1).Select(l => l.Name), calls.Select(c => c.Origin.Scope));
    }

    [Fact]
    public void Parts_own_the_parameters_of_the_whole_which_stays_as_it_was()
    {
        var (encoder, decoder) = (ConvolutionalAutoencoder.Encoder(Standard), ConvolutionalAutoencoder.Decoder(Standard));
        Assert.Equal("(n, 40)", encoder.OutputShape.ToString());
        Assert.Equal("(n, 784)", decoder.OutputShape.ToString());
        Assert.Equal(Standard.Parameters.Select(p => p.Variable), encoder.Parameters.Concat(decoder.Parameters).Select(p => p.Variable));
        Assert.Equal(10, Standard.Layers.Length);
    }

    [Fact]
    public void The_decoder_of_the_code_is_the_network_bit_for_bit()
    {
        var network = new ConvolutionalAutoencoder(8, 8, Filters: 2, FilterSize: 3, Code: 3).Build();
        var store = new Store<float>();
        network.Initialize(store, new Key(3));
        Function<float> Compiled(Network n) => Compiler.Compile(new Computation([n.Input], [n.Output]), store);
        var images = Tensor<float>.Build([5, 1, 8, 8], v => Philox.Normal(new Key(4), v));

        var code = Compiled(ConvolutionalAutoencoder.Encoder(network)).Invoke(images)[0];
        var there = Compiled(ConvolutionalAutoencoder.Decoder(network)).Invoke(code)[0].Span.ToArray();
        Assert.Equal(Compiled(network).Invoke(images)[0].Span.ToArray(), there);
    }

    [Fact]
    public void Adding_a_layer_does_not_change_the_draws_of_the_others()
    {
        var longer = Network.Sequential(("input", new Input(6)), ("first", new Dense(5)), ("between", new Dense(5)), ("last", new Dense(2)));
        var shorter = Network.Sequential(("input", new Input(6)), ("first", new Dense(5)), ("last", new Dense(2)));
        float[] Draw(Network network, string name) => network.Parameters.Single(p => p.Name == name).Initial<float>(new Key(7)).Span.ToArray();
        Assert.Equal(Draw(shorter, "first/W"), Draw(longer, "first/W"));
        Assert.Equal(Draw(shorter, "last/W"), Draw(longer, "last/W"));
        Assert.NotEqual(Draw(longer, "between/W"), Draw(longer, "first/W")[..25]);
    }

    [Fact]
    public void Names_are_given_once() =>
        Assert.Contains("two layers are called a", Assert.Throws<ArgumentException>(() => Network.Sequential(("x", new Input(3)), ("a", new Dense(3)), ("a", new Dense(3)))).Message);

    [Fact]
    public void A_network_begins_with_an_input() =>
        Assert.Contains("begins with an Input", Assert.Throws<ArgumentException>(() => Network.Sequential(("a", new Dense(3)))).Message);

    [Fact]
    public void A_layer_that_is_not_there_is_refused_with_those_that_are() =>
        Assert.Contains("conv, pool", Assert.Throws<ArgumentException>(() => Standard.UpTo("codes")).Message);

    [Fact]
    public void The_table_has_a_line_for_each_layer_and_the_sum() => Assert.Equal(12, NetworkTable.Lines(Standard).Length);

    [Fact]
    public void An_input_of_another_shape_is_refused() =>
        Assert.Contains("layer input (input)", Assert.Throws<ShapeException>(() => Standard.Apply(Expr.Variable("y", "n", 1, 27, 28))).Message);
}
