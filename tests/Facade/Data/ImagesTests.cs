using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class ImagesTests
{
    private static Images Numbered(int count) => new(
        Tensor<float>.Of(Enumerable.Range(0, 2 * count).Select(i => (float)i), count, 1, 1, 2),
        Tensor<int>.Of(Enumerable.Range(0, count), count));

    [Fact]
    public void The_first_images_validate()
    {
        var split = Split.Of(Numbered(5), 2);
        Assert.Equal([0, 1], split.Validation.Labels!.Span.ToArray());
        Assert.Equal([2, 3, 4], split.Train.Labels!.Span.ToArray());
        Assert.Equal([4f, 5, 6, 7, 8, 9], split.Train.Pixels.Span.ToArray());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    [InlineData(103, 20)]
    public void A_fifth_validates_unless_told_otherwise(int count, int validation) =>
        Assert.Equal((count - validation, validation), (Split.Of(Numbered(count)).Train.Count, Split.Of(Numbered(count)).Validation.Count));

    [Theory]
    [InlineData(5, 0)]
    [InlineData(5, 5)]
    [InlineData(1, 1)]
    public void Both_parts_need_an_image(int count, int validation) =>
        Assert.Equal($"images: {validation} of {count} cannot validate, at least one has to, and one to train",
            Assert.Throws<DataException>(() => Split.Of(Numbered(count), validation)).Message);

    [Fact]
    public void Shapes_are_checked()
    {
        Assert.StartsWith("images: pixels of shape ", Assert.Throws<DataException>(() => new Images(Tensor<float>.Full(0, 2, 3))).Message);
        Assert.StartsWith("images: labels of shape ", Assert.Throws<DataException>(() => new Images(Tensor<float>.Full(0, 2, 1, 3, 3), Tensor<int>.Full(0, 3))).Message);
    }

    [Fact]
    public void Bytes_stay_bytes_until_their_numbers_are_asked_for()
    {
        var bytes = Tensor<byte>.Of(Enumerable.Range(0, 18).Select(i => (byte)(15 * i)), 3, 1, 2, 3);
        var (images, numbers) = (new Images(Examples.Of(bytes)), new Images(bytes.Cast<float>()));
        Assert.Equal((3, 1, 2, 3), (images.Count, images.Channels, images.Height, images.Width));
        Assert.Equal(numbers.Pixels.Sizes.ToArray(), images.Pixels.Sizes.ToArray());
        Assert.Equal(numbers.Pixels.Span.ToArray(), images.Pixels.Span.ToArray());
        Assert.Equal(numbers.Rows(1, 3).Pixels.Span.ToArray(), images.Rows(1, 3).Pixels.Span.ToArray());
        Assert.StartsWith("images: pixels of shape (18)", Assert.Throws<DataException>(() => new Images(Examples.Of(bytes.Reshape(18)))).Message);
    }

    [Fact]
    public void Standardised_pixels_have_mean_0_and_deviation_1_and_can_be_undone()
    {
        var pixels = Tensor<float>.Of(Enumerable.Range(0, 256).Select(i => (float)i), 4, 1, 8, 8);
        var standardization = Standardization.Of(pixels);
        Assert.Equal(127.5, standardization.Mean, 12);
        Assert.Equal(Math.Sqrt((256 * 256 - 1) / 12.0), standardization.Deviation, 12);

        var standardized = standardization.Apply(pixels);
        var again = Standardization.Of(standardized);
        Assert.Equal(0, again.Mean, 7);
        Assert.Equal(1, again.Deviation, 7);
        Assert.All(standardization.Undo(standardized).Span.ToArray().Zip(pixels.Span.ToArray()), p => Assert.Equal(p.Second, p.First, 4));
    }

    [Fact]
    public void Pixels_without_a_deviation_are_refused()
    {
        Assert.Equal("images: every pixel is 7, there is nothing to learn from", Assert.Throws<DataException>(() => Standardization.Of(Tensor<float>.Full(7, 1, 1, 2, 2))).Message);
        Assert.Equal("images: there are none to learn from", Assert.Throws<DataException>(() => Standardization.Of(Tensor<float>.Full(7, 0, 1, 2, 2))).Message);
        Assert.Equal("images: a pixel is not a finite number", Assert.Throws<DataException>(() => Standardization.Of(Tensor<float>.Full(float.NaN, 1, 1, 2, 2))).Message);
    }
}
