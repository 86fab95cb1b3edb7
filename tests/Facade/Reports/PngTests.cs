using AutoDiffAE.Data;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Reports;

public sealed class PngTests
{
    private static Tensor<byte> Picture(int height, int width, int channels) =>
        Tensor<byte>.Of(Enumerable.Range(0, height * width * channels).Select(i => (byte)(i * 37)), height, width, channels);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 1)]
    [InlineData(300, 257, 1)]
    [InlineData(3, 5, 3)]
    [InlineData(64, 200, 3)]
    public void A_decoder_sees_the_same_picture(int height, int width, int channels)
    {
        var picture = Picture(height, width, channels);
        var decoded = PngDecoder.Decode(Png.Encode(picture));
        Assert.Equal(picture.Sizes.ToArray(), decoded.Sizes.ToArray());
        Assert.Equal(picture.Span.ToArray(), decoded.Span.ToArray());
    }

    [Fact]
    public void The_same_picture_gives_the_same_bytes() => Assert.Equal(Png.Encode(Picture(9, 9, 3)), Png.Encode(Picture(9, 9, 3)));

    [Fact]
    public void Is_written_to_a_file()
    {
        using var folder = new TemporaryFolder();
        Png.Write(folder.At("a.png"), Picture(2, 2, 1));
        Assert.Equal(Png.Encode(Picture(2, 2, 1)), File.ReadAllBytes(folder.At("a.png")));
        Assert.Throws<DataException>(() => Png.Write(folder.At("no/a.png"), Picture(2, 2, 1)));
    }

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(2, 0, 1)]
    public void Other_shapes_are_refused(int height, int width, int channels) =>
        Assert.Throws<ArgumentException>(() => Png.Encode(Tensor<byte>.Full(0, height, width, channels)));

    [Fact]
    public void The_check_sum_is_the_standard_one() => Assert.Equal(0xcbf43926, Crc32.Of("123456789"u8));
}
