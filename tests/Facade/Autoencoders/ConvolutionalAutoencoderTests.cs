using AutoDiffAE.Autoencoders;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autoencoders;

public class ConvolutionalAutoencoderTests
{
    [Theory]
    [InlineData(28, 28, 1, 7)]
    [InlineData(20, 32, 3, 5)]
    [InlineData(9, 13, 1, 4)]
    [InlineData(8, 8, 2, 3)]
    [InlineData(28, 28, 1, 6)]
    [InlineData(27, 27, 1, 7)]
    [InlineData(28, 27, 3, 7)]
    public void Layer_sizes_are_worked_out_for_any_image(int height, int width, int channels, int filter)
    {
        var network = new ConvolutionalAutoencoder(height, width, channels, Filters: 4, FilterSize: filter, Code: 6).Build();
        Assert.Equal(Shape.Of("n", channels * height * width), network.OutputShape);
    }

    [Theory]
    [InlineData(6, 6, 7, "layer conv", "a filter size of at most 5")]
    public void Sizes_that_do_not_fit_are_refused_with_those_that_do(int height, int width, int filter, string layer, string fits)
    {
        var message = Assert.Throws<ShapeException>(() => new ConvolutionalAutoencoder(height, width, FilterSize: filter).Build()).Message;
        Assert.Contains(layer, message);
        Assert.Contains($"(1, {height}, {width}) came in", message);
        Assert.Contains(fits, message);
    }

    [Fact]
    public void The_mean_image_is_the_yardstick() =>
        Assert.Equal(1.5, MeanImage.Error(Tensor<float>.Of([0f, 2, 2, 4], 2, 2), Tensor<float>.Of([1f, 3, 2, 2, 0, 4], 3, 2)) * 1.5 / (4.0 / 6), 1e-12);
}
