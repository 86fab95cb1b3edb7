using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class StandardizationTests
{
    /// <summary>By exact sums of integers: the variance is (n Σx² - (Σx)²) / n².</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(1_000_003)]
    public void Mean_and_deviation_are_exact_up_to_the_last_digits(int n)
    {
        var bytes = new byte[n];
        new Random(n).NextBytes(bytes);
        var (sum, squares) = (bytes.Sum(b => (long)b), bytes.Sum(b => (long)b * b));
        var pixels = Examples.Of(Tensor<byte>.Of(bytes, n));
        var found = Standardization.Of(pixels);
        Assert.Equal((double)sum / n, found.Mean);
        Assert.Equal(Math.Sqrt((double)((decimal)squares * n - (decimal)sum * sum)) / n, found.Deviation, 1e-13 * found.Deviation);
        Assert.Equal(found, Standardization.Of(pixels.ToTensor()));
    }

    [Fact]
    public void Small_deviations_from_a_large_mean_keep_their_digits()
    {
        // 4,000,000 values that are 2²³ + 1 and 2²³ + 3 in turn.
        var pixels = Tensor<float>.Build([4_000_000], values =>
        {
            for (var i = 0; i < values.Length; i++) values[i] = (1 << 23) + 1 + 2 * (i % 2);
        });
        Assert.Equal(new Standardization((1 << 23) + 2, 1), Standardization.Of(pixels));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_pixel_that_is_no_number_is_found_wherever_it_is(float wrong)
    {
        foreach (var at in new[] { 0, 2047, 2048, 4000 })
            Assert.Equal("images: a pixel is not a finite number", Assert.Throws<DataException>(() => Standardization.Of(Tensor<float>.Build([4001], values =>
            {
                for (var i = 0; i < values.Length; i++) values[i] = i == at ? wrong : i;
            }))).Message);
    }

    [Fact]
    public void The_mean_image_errs_as_a_plain_loop_says()
    {
        foreach (var each in new[] { 1, 5, 8, 19, 784 })
        {
            var (train, validation) = (Tensor<float>.Build([23, each], v => Philox.Normal(new Key(1), v)), Tensor<float>.Build([7, each], v => Philox.Normal(new Key(2), v)));
            var mean = Enumerable.Range(0, each).Select(j => Enumerable.Range(0, 23).Average(i => (double)train[i, j])).ToArray();
            var expected = Enumerable.Range(0, validation.Length).Average(i => Math.Pow(validation.Span[i] - mean[i % each], 2));
            Assert.Equal(expected, MeanImage.Error(train, validation), 1e-13 * expected);
        }
    }
}
