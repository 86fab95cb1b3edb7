using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

public class LayerTests
{
    private static readonly Shape Images = ["n", 3, 10, 11];

    [Theory]
    [InlineData(Border.Valid, 1, "(n, 4, 8, 7)")]
    [InlineData(Border.Full, 1, "(n, 4, 12, 15)")]
    [InlineData(Border.Same, 1, "(n, 4, 10, 11)")]
    [InlineData(Border.Valid, 2, "(n, 4, 4, 4)")]
    public void Convolutions_by_border_and_stride(Border border, int stride, string output) =>
        Assert.Equal(output, new Conv2D(4, (3, 5), Border: border, Stride: stride).Bind("conv", Images).Output.ToString());

    [Fact]
    public void Pooling_drops_what_is_incomplete() => Assert.Equal("(n, 3, 3, 5)", new MaxPool2D((3, 2)).Bind("pool", Images).Output.ToString());

    [Fact]
    public void Pooling_may_overlap_and_reach_beyond_the_image() =>
        Assert.Equal("(n, 3, 5, 6)", new MaxPool2D(3, 2, 1).Bind("pool", Images).Output.ToString());

    [Fact]
    public void Unpooling_repeats() => Assert.Equal("(n, 3, 20, 33)", new Unpool((2, 3)).Bind("up", Images).Output.ToString());

    [Fact]
    public void Shapes_of_the_rest()
    {
        Assert.Equal("(n, 330)", new Flatten().Bind("flat", Images).Output.ToString());
        Assert.Equal("(n, 11, 30)", new Reshape(11, 30).Bind("again", Images).Output.ToString());
        Assert.Equal("(n, 3, 10, 11)", new Nonlinearity(Formulas.Tanh).Bind("tanh", Images).Output.ToString());
        Assert.Equal("(n, 7)", new Dense(7).Bind("dense", ["n", 5]).Output.ToString());
    }

    public static TheoryData<Layer, string> Misfits => new()
    {
        { new Dense(7), "layer it (dense): an input of shape (n, 3, 10, 11) came in; (n, features) would fit: put a Flatten before it" },
        { new Dense(0), "0 units cannot be had" },
        { new Conv2D(4, 12), "filters of 12x12 with the border 'valid' need images of at least 12x12, or a smaller filter" },
        { new Conv2D(4, 4, Border: Border.Same), "filters of odd lengths would fit, not 4x4" },
        { new Conv2D(-1, 4), "-1 filters of 4x4 with stride 1 cannot be had" },
        { new MaxPool2D(11), "windows of 11x11 need images of at least 11x11" },
        { new MaxPool2D(3, 2, 2), "windows of 3x3 with stride 2 and padding 2 cannot be had" },
        { new Reshape(3, 100), "examples of 300 elements would fit the shape (3, 100)" },
        { new Input(3, 4), "(n, 3, 4) would fit" },
    };

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public void Misfits_name_the_layer_what_came_and_what_would_fit(Layer layer, string message)
    {
        var refusal = Assert.Throws<ShapeException>(() => layer.Bind("it", Images)).Message;
        Assert.Contains(message, refusal);
        Assert.StartsWith($"layer it ({layer.Kind}): an input of shape (n, 3, 10, 11) came in; ", refusal);
    }

    [Fact]
    public void Unknown_activations_are_refused_with_the_known() =>
        Assert.Contains("linear, relu, tanh", Assert.Throws<ArgumentException>(() => Activations.Named("rleu")).Message);
}
