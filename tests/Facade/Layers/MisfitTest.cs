using AutoDiffAE.Autoencoders;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

/// <summary>A layer that does not fit is refused where it is described, and the message says which would.</summary>
public sealed class MisfitTest
{
    private static readonly Shape Images = ["n", 3, 10, 11], Rows = ["n", 5], Open = ["n", "t", 4], Sequence = ["n", 7, 4];

    public static TheoryData<Layer, Shape, string> Misfits => new()
    {
        { new Conv1D(4, 3), Images, "sequences (n, channels, length) would fit" },
        { new Conv2D(4, 3), Sequence, "images (n, channels, height, width) would fit" },
        { new Conv3D(4, 3), Images, "volumes (n, channels, depth, height, width) would fit" },
        { new Conv2D(4, 3, Dilation: 5), Images, "filters of 11x11 with the border 'valid' need images of at least 11x11, or a smaller filter" },
        { new Conv2D(4, 13, Padding: 1), Images, "filters of 13x13 with a padding of 1 need images of at least 11x11, or a smaller filter" },
        { new Conv2D(4, 3, Groups: 2), Images, "2 groups of channels would fit where they divide the 3 channels and the 4 filters" },
        { new Conv2D(4, 3, Groups: 0), Images, "0 groups with dilation 1 and padding 0 cannot be had, 1 or more of each and a padding from 0 can" },
        { new Conv2D(4, 3, Stride: (0, 2)), Images, "4 filters of 3x3 with stride 0x2 cannot be had, 1 or more of each can" },
        { new Conv2D(4, (3, 2), Border: Border.Same), Images, "with the border 'same' filters of odd lengths would fit, not 3x2" },
        { new Conv1D(4, 3), new Shape(["n", "c", 8]), "axis 1 needs a length that is a number" },
        { new TransposedConv2D(0, 3), Images, "0 filters of 3x3 in 1 groups, with stride 1, dilation 1 and padding 0 cannot be had, 1 or more of each and a padding from 0 can" },
        { new TransposedConv2D(2, 3, OutputPadding: 1), Images, "an output padding of 1 cannot be had, one from 0 and below the stride 1 can" },
        { new TransposedConv1D(2, 3), Images, "sequences (n, channels, length) would fit" },
        { new TransposedConv2D(2, 4, Border: Border.Same), Images, "with the border 'same' filters of odd lengths would fit, not 4x4" },
        { new TransposedConv2D(2, 3, Padding: 6), Images, "the border takes away all of the 3x3 that each place becomes: larger images, a smaller padding or the border 'valid' would fit" },
        { new TransposedConv2D(2, 3, Groups: 2), Images, "2 groups of channels would fit where they divide the 3 channels and the 2 filters" },
        { new MaxPool1D(2), Images, "sequences (n, channels, length) would fit" },
        { new AvgPool2D(0), Images, "windows of 0x0 cannot be had, 1x1 or more can" },
        { new AvgPool2D(3, 0), Images, "windows of 3x3 with stride 0 and padding 0 cannot be had, a stride of at least 1 and a padding of at most half a window can" },
        { new MaxPool2D(12, 2, Partial: true), Images, "windows of 12x12 need images of at least 11x11" },
        { new MaxPool3D(2), Images, "volumes (n, channels, depth, height, width) would fit" },
        { new Upscale2D(0), Images, "factors of 0x0 cannot be had, 1 or more of each can" },
        { new Upscale1D(2), Images, "sequences (n, channels, length) would fit" },
        { new Unpool(0), Images, "blocks of 0x0 cannot be had, 1x1 or more can" },
        { new Unpool(2), Rows, "images (n, channels, height, width) would fit: put a Reshape before it" },
        { new GlobalPool(), Rows, "(n, channels, …) with axes of space would fit" },
        { new Dropout(1), Rows, "a probability of 1 cannot be had, one of at least 0 and below 1 can" },
        { new MaskingNoise(-0.5), Rows, "a probability of -0.5 cannot be had, one of at least 0 and below 1 can" },
        { new SaltAndPepper(double.NaN), Rows, "a probability of NaN cannot be had" },
        { new SpatialDropout(), Rows, "(n, channels, …) with axes of space would fit" },
        { new GaussianNoise(-1), Rows, "a deviation of -1 cannot be had, one of at least 0 can" },
        { new LayerNorm(5), Rows, "the last 5 axes cannot be had, 1 to 1 can" },
        { new LayerNorm(Epsilon: 0), Rows, "an epsilon of 0 cannot be had, a positive number can" },
        { new LayerNorm(), Open, "axis 1 needs a length that is a number" },
        { new GroupNorm(2), Images, "2 groups would fit where they divide the 3 channels" },
        { new GroupNorm(1, -1), Images, "an epsilon of -1 cannot be had, a positive number can" },
        { new InstanceNorm(), Rows, "(n, channels, …) with axes of space would fit" },
        { new InstanceNorm(0), Images, "an epsilon of 0 cannot be had, a positive number can" },
        { new Flatten(), new Shape(["n"]), "(n, …) with at least one axis for the example would fit" },
        { new Bias(), new Shape(["n"]), "(n, channels, …) would fit" },
        { new Scale(), new Shape(["n"]), "(n, channels, …) would fit" },
        { new PRelu(), new Shape(["n"]), "(n, channels, …) would fit" },
        { new Dimshuffle(0, 2), Images, "the order leaves out axis 1, and only axes of length 1 can be left out" },
        { new Dimshuffle(1, 0, 2, 3), Images, "(1, 0, 2, 3) is no order of its axes; one that begins with 0 and has each of 1 to 3 at most once would fit" },
        { new Dimshuffle(0, 1, 1, Dimshuffle.New), Images, "(0, 1, 1, new) is no order of its axes" },
        { new Pad(-1), Images, "widths of (-1, -1) cannot be had, pairs of 0 or more can" },
        { new Pad(1), Rows, "(n, channels, …) with axes of space would fit" },
        { new Pad([(0, 1), (1, 0)]), Rows, "(n, …) with 2 axes more would fit" },
        { new Pad(10, PadMode.Reflect), Images, "reflect padding of 10 needs at least 11 places along axis 2" },
        { new Slice(0, Axis: 0), Images, "axis 0 cannot be sliced, an axis from 1 to 3 can" },
        { new Slice(0, 0), Images, "0 places with a step of 1 cannot be had, 1 or more of each can" },
        { new Slice(8, 4), Images, "places 8 to 11 would fit a length of axis 3 that has them" },
        { new Slice(-12), Images, "places -12 on would fit a length of axis 3 that has them" },
        { new Slice(1, 2, Drop: true), Images, "an axis is left out of a single place only: a count of 1 would fit" },
        { new Expression((x, parameter) => x * parameter("s", ["n"])), Rows, "its parameter s needs lengths that are numbers, not (n)" },
        { new Expression((x, parameter) => x * parameter("s", [5]) + parameter("s", [1])), Rows, "its parameter s of the shape (1) was of another one before, (5)" },
        { new Embedding(0, 3), Rows, "0 vectors of 3 cannot be had, 1 or more of each can" },
        { new Recurrent(0), Sequence, "0 units cannot be had, 1 or more can" },
        { new Lstm(3), Rows, "sequences (n, length, features) would fit" },
        { new Gru(3), Open, "it is unrolled: a length (axis 1) that is a number, at least 1, would fit" },
        { new SelfAttention(3), Sequence, "3 heads would fit where they divide the 4 features" },
        { new SelfAttention(2), Rows, "sequences (n, length, features) would fit" },
        { new Inverse("conv"), Rows, "an inverse is bound in a network only: write it behind the layer that it inverts, or use On" },
        { new Winners(4), Images, "a window of 4 has no middle, an odd one of at least 1 has" },
        { new Winners(3), Rows, "images (n, channels, height, width) would fit" },
        { new Sampled(), Rows, "means and logarithms of variances, (n, 2 code), would fit" },
        { new Input(6), Rows, "(n, 6) would fit" },
        { new Dense(0), Rows, "0 units cannot be had, 1 or more can" },
        { new Reshape(2, 3), Rows, "examples of 6 elements would fit the shape (2, 3)" },
        { new BatchNorm(), new Shape(["n"]), "(n, channels, …) would fit" },
        { new LayerNorm(), new Shape(["n"]), "(n, …) with at least one axis for the example would fit" },
        { new GroupNorm(1), new Shape(["n"]), "(n, channels, …) would fit" },
        { new Embedding(2, 2), Shape.Scalar, "(n, …) of indices would fit" },
        { new TransposedConv3D(2, 2), Rows, "volumes (n, channels, depth, height, width) would fit" },
        { new MaxPool2D(2), Rows, "images (n, channels, height, width) would fit" },
        { new AvgPool1D(2), Rows, "sequences (n, channels, length) would fit" },
        { new AvgPool3D(2), Rows, "volumes (n, channels, depth, height, width) would fit" },
        { new Upscale3D(2), Rows, "volumes (n, channels, depth, height, width) would fit" },
        { new Slice(0, Step: 0), Images, "all places with a step of 0 cannot be had, 1 or more of each can" },
        { new Concat(7), Rows, "axis 7 cannot be joined along, an axis from 1 to 1 can" },
        { new ElemwiseSum([1, 2]), Rows, "2 inputs would fit as many coefficients" },
    };

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public void The_message_names_the_layer_what_came_and_what_would_fit(Layer layer, Shape input, string fits)
    {
        var refusal = Assert.Throws<ShapeException>(() => layer.Bind("it", input)).Message;
        Assert.StartsWith($"layer it ({layer.Kind}): an input of shape {input} came in; {fits}", refusal, StringComparison.Ordinal);
    }

    /// <summary>Some take any input, or any that are alike.</summary>
    private static readonly Type[] TakeAll = [typeof(Nonlinearity), typeof(ElemwiseMerge)];

    [Fact]
    public void Every_layer_that_refuses_an_input_is_seen_to_do_so() => Assert.Empty(LayerCases.All.Select(c => c.Layer)
        .Except(Misfits.Select(row => row[0].GetType())).Except(TakeAll).Select(t => t.Name));

    private static readonly Node X = new Input(5).On("x"), Y = new Input(6).On("y"), Z = new Input(3, 2).On("z");

    public static TheoryData<Func<Node>, string> MisfitsOfSeveral => new()
    {
        { () => new ElemwiseSum().On("it", X, Y), "layer it (sum): inputs of the shapes (n, 5), (n, 6) came in; one shape would fit, (n, 5) as the first, not (n, 6)" },
        { () => new ElemwiseMerge((a, b) => a * b).On("it", X, Y), "layer it (merge): inputs of the shapes (n, 5), (n, 6) came in; one shape would fit, (n, 5) as the first, not (n, 6)" },
        { () => new Concat().On("it", X, Z), "layer it (concat): inputs of the shapes (n, 5), (n, 3, 2) came in; shapes like (n, 5) but along axis 1 would fit, not (n, 3, 2)" },
        { () => new Concat().On("it"), "layer it (concat): no input came in; one or more would fit" },
        { () => new Dense(3).On("it", X, Y), "layer it (dense): inputs of the shapes (n, 5), (n, 6) came in; one would fit: a Concat or an ElemwiseSum makes one of several" },
        { () => new Dense(3).On("it"), "layer it (dense): no input came in; one would fit" },
        { () => new Dense(3).On("it", X).Layer.On("again", Y), "layer again (dense): an input of shape (n, 6) came in; (n, 5) would fit" },
        { () => new ElemwiseSum().On("it", X, X).Layer.On("again", X), "layer again (sum): inputs of the shapes (n, 5) came in; (n, 5), (n, 5) would fit" },
        { () => new Inverse("both").On("it", new ElemwiseSum().On("both", X, X)), "layer it (inverse of both): an input of shape (n, 5) came in; both (sum) has 2 inputs; the inverse of a layer with one would fit" },
        { () => new Inverse("half").On("it", new Dense(5).On("wide", new Dense(2).On("half", X))), "layer it (inverse of half): an input of shape (n, 5) came in; (n, 2), as half gives, would fit" },
        { () => new Inverse("half").On("it", X, Y), "layer it (inverse of half): inputs of the shapes (n, 5), (n, 6) came in; one would fit" },
        { () => Network.Sequential(("in", new Input(5)), ("same", new Dense(5))).On("tower", Y), "network tower: inputs of the shapes (n, 6) came in; (n, 5) would fit" },
    };

    [Theory]
    [MemberData(nameof(MisfitsOfSeveral), DisableDiscoveryEnumeration = true)]
    public void So_it_does_of_several_inputs(Func<Node> describe, string message) => Assert.StartsWith(message, Assert.Throws<ShapeException>(describe).Message, StringComparison.Ordinal);

    [Fact]
    public void An_inverse_of_what_is_not_before_it_is_refused_with_what_is() => Assert.Equal(
        "layer it (inverse of nothing): there is no layer nothing before it, there are x, code",
        Assert.Throws<ArgumentException>(() => new Inverse("nothing").On("it", new Dense(2).On("code", X))).Message);

    [Fact]
    public void A_formula_that_asks_for_other_parameters_than_before_is_refused()
    {
        var asked = 0;
        var layer = new Expression((x, parameter) => x * parameter($"s{asked++}", [5]));
        Assert.Contains("asks for a parameter s1 that it did not ask for when it was described", Assert.Throws<ArgumentException>(() => layer.On("it", X)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_without_a_name_is_refused() =>
        Assert.Equal("a layer (dense) has no name", Assert.Throws<ArgumentException>(() => new Dense(3).On("", X)).Message);
}
