using AutoDiffAE.Autoencoders;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

/// <summary>What a network's table says of its layers.</summary>
public sealed class SummaryTest
{
    private static LayerRow Row(Network network, string name) => network.Summary().Single(r => r.Name == name);

    [Fact]
    public void Flop_are_what_the_formulas_of_the_layers_ask_for()
    {
        var network = new ConvolutionalAutoencoder(28, 28).Build();
        Assert.Equal(0, Row(network, "input").Flop);
        // 2 for each tap and place, and the bias.
        Assert.Equal(32 * 22 * 22 * (2 * 49 + 1), Row(network, "conv").Flop);
        Assert.Equal(32 * 22 * 22, Row(network, "pool").Flop);
        Assert.Equal(0, Row(network, "flatten").Flop);
        // 2 for each weight, the bias, and one for the rectifier.
        Assert.Equal(40 * (2 * 3872 + 1 + 1), Row(network, "code").Flop);
        Assert.Equal(28 * 28 * (2 * 32 * 49 + 1), Row(network, "deconv").Flop);
    }

    [Fact]
    public void Flop_of_a_length_that_is_open_are_not_known()
    {
        var network = Network.Sequential(("input", new Input(["t", 4])), ("attention", new SelfAttention(2)));
        Assert.Null(Row(network, "attention").Flop);
        Assert.Contains(NetworkTable.Lines(network), line => line.StartsWith("attention", StringComparison.Ordinal) && line.EndsWith("80", StringComparison.Ordinal));
    }

    private static readonly Network Chain = Network.Sequential(
        ("input", new Input(2, 40, 40)),
        ("conv1", new Conv2D(3, 3)),
        ("norm", new BatchNorm()),
        ("relu", new Nonlinearity(Formulas.Softplus, "softplus")),
        ("drop", new Dropout()),
        ("pool", new AvgPool2D(2)),
        ("conv2", new Conv2D(2, 3, Dilation: 2)),
        ("bias", new Bias()),
        ("conv3", new Conv2D(1, (1, 3), Stride: (1, 2))),
        ("conv4", new Conv2D(1, (2, 3))),
        ("flatten", new Flatten()));

    [Theory]
    [InlineData("conv1", "3x3")]
    [InlineData("relu", "3x3")]
    [InlineData("pool", "4x4")]
    [InlineData("conv2", "12x12")]
    [InlineData("bias", "12x12")]
    [InlineData("conv3", "12x16")]
    [InlineData("conv4", "14x24")]
    [InlineData("flatten", "")]
    public void The_receptive_field_is_where_a_place_has_a_gradient(string layer, string field)
    {
        Assert.Equal(field, string.Join('x', Row(Chain, layer).Field));
        if (field.Length == 0) return;
        var part = Chain.UpTo(layer);
        var y = part.Output;
        // One place of one channel, and what it depends on.
        var gradient = Gradient.Of(y.Slice(1, new(0, 1)).Slice(2, new(1, 1)).Slice(3, new(1, 1)).Sum(), part.Input);
        var store = new Store<double>();
        part.Initialize(store, new Key(1));
        var found = Compiler.Compile(new Computation([part.Input], [gradient]), store).Invoke(Tensor<double>.Build([1, 2, 40, 40], v => Philox.Normal(new Key(2), v)))[0];
        var seen = Enumerable.Range(0, 1600).Where(i => found.Span[i] != 0 || found.Span[1600 + i] != 0).ToList();
        Assert.Equal(field, $"{seen.Max(i => i / 40) - seen.Min(i => i / 40) + 1}x{seen.Max(i => i % 40) - seen.Min(i => i % 40) + 1}");
    }

    [Fact]
    public void Of_paths_that_meet_the_wider_field_counts_and_of_an_unknown_one_none()
    {
        var x = new Input(1, 20).On("x");
        var (near, far) = (new Conv1D(2, 3, Border: Border.Same).On("near", x), new Conv1D(2, 7, Border: Border.Same).On("far", x));
        var network = Network.Of([x], [new Concat().On("both", near, far), new ElemwiseSum().On("sum", new Upscale1D(1).On("up", near), far)]);
        Assert.Equal([7], Row(network, "both").Field);
        Assert.Empty(Row(network, "sum").Field);
        Assert.Empty(Row(Network.Sequential(("x", new Input(3, 4)), ("softmax", new Nonlinearity(v => v.Softmax(2)))), "softmax").Field);
        Assert.Empty(Row(Network.Sequential(("x", new Input(3, 4)), ("mean", new Nonlinearity(v => v - v.Mean()))), "mean").Field);
    }

    [Fact]
    public void A_table_of_a_chain_has_a_line_for_each_layer_and_the_sums() => Assert.Equal(
        """
        layer    kind     output        parameters  MFLOP  sees
        input    input    (n, 1, 6, 6)           0  0.000  1x1
        conv     conv     (n, 2, 4, 4)          20  0.001  3x3
        flatten  flatten  (n, 32)                0  0.000
        code     dense    (n, 5)               165  0.000
                          in all               185  0.001
        """,
        string.Join('\n', NetworkTable.Lines(Network.Sequential(("input", new Input(1, 6, 6)), ("conv", new Conv2D(2, 3)), ("flatten", new Flatten()), ("code", new Dense(5))))));

    [Fact]
    public void A_table_of_a_graph_says_what_each_layer_is_applied_to()
    {
        var (x, y) = (new Input(4).On("x"), new Input(4).On("y"));
        var lines = NetworkTable.Lines(Network.Of([x, y], [new ElemwiseSum().On("sum", x, y)]));
        Assert.Equal("layer  kind   from  output  parameters  MFLOP  sees", lines[0]);
        Assert.Equal("sum    sum    x, y  (n, 4)           0  0.000", lines[3]);
    }
}
