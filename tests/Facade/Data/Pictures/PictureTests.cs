using System.Text;
using AutoDiffAE.Data;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data.Pictures;

public sealed class PictureTests
{
    private static Tensor<byte> Parse(byte[] bytes) => Picture.Parse(bytes, "a");

    private static string Refused(byte[] bytes)
    {
        var message = Assert.Throws<DataException>(() => Parse(bytes)).Message;
        Assert.StartsWith("a: ", message);
        Assert.DoesNotContain('\n', message);
        return message[3..];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_the_library_writes_reads_back(int channels)
    {
        var picture = Tensor<byte>.Of(Enumerable.Range(0, 5 * 7 * channels).Select(i => (byte)(i * 37)), 5, 7, channels);
        var read = Parse(Png.Encode(picture));
        Assert.Equal(picture.Sizes.ToArray(), read.Sizes.ToArray());
        Assert.Equal(picture.Span.ToArray(), read.Span.ToArray());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 2)]
    [InlineData(6, 4)]
    public void Every_filter_is_undone_in_every_kind(byte kind, int samples)
    {
        var random = new Random(kind);
        var (height, width) = (11, 9);
        var pixels = new byte[height * width * samples];
        random.NextBytes(pixels);
        if (kind >= 4) for (var i = samples - 1; i < pixels.Length; i += samples) pixels[i] = 255;
        var expected = pixels.Where((_, i) => kind < 4 || i % samples != samples - 1).ToArray();
        // Each row by another filter, and each filter in the first row too.
        for (var first = 0; first < 5; first++)
        {
            var read = Parse(PngFile.Of(height, width, kind, PngFile.Filtered(pixels, width * samples, samples, y => (y + first) % 5)));
            Assert.Equal([height, width, kind is 0 or 4 ? 1 : 3], read.Sizes.ToArray());
            Assert.Equal(expected, read.Span.ToArray());
        }
    }

    [Fact]
    public void A_palette_gives_its_colours_and_their_alpha_lies_on_black()
    {
        byte[] colours = [10, 20, 30, 200, 100, 50], alphas = [128];
        var read = Parse(PngFile.Of(1, 3, 3, [0, 1, 0, 2], ("PLTE", colours), ("tRNS", alphas)));
        // 128/255 of the first colour; the second as it is; a place beyond the palette is black.
        Assert.Equal([200, 100, 50, 5, 10, 15, 0, 0, 0], read.Span.ToArray());
    }

    [Fact]
    public void Transparency_lies_on_black()
    {
        Assert.Equal([100, 50, 0], Parse(PngFile.Of(1, 3, 4, [0, 100, 255, 100, 128, 100, 0])).Span.ToArray());
        Assert.Equal([0, 8], Parse(PngFile.Of(1, 2, 0, [0, 7, 8], ("tRNS", [0, 7]))).Span.ToArray());
        Assert.Equal([0, 0, 0, 1, 2, 4], Parse(PngFile.Of(1, 2, 2, [0, 1, 2, 3, 1, 2, 4], ("tRNS", [0, 1, 0, 2, 0, 3]))).Span.ToArray());
    }

    [Fact]
    public void Compressed_pixels_may_be_in_several_chunks_with_others_between_the_kinds()
    {
        byte[] rows = [0, 1, 2, 3, 0, 4, 5, 6];
        var whole = PngFile.Zipped(rows);
        var png = PngFile.Chunks(PngFile.Header(2, 3, 0), ("tEXt", "Title\0x"u8.ToArray()), ("IDAT", whole[..5]), ("IDAT", []), ("IDAT", whole[5..]), ("IEND", []));
        Assert.Equal([1, 2, 3, 4, 5, 6], Parse(png).Span.ToArray());
    }

    [Fact]
    public void What_png_cannot_be_read_says_so()
    {
        byte[] rows = [0, 1, 2, 3, 0, 4, 5, 6];
        var good = PngFile.Of(2, 3, 0, rows);
        Assert.Equal("is interlaced, which cannot be read: save it without interlacing", Refused(PngFile.Chunks(PngFile.Header(2, 3, 0, interlace: 1), ("IDAT", PngFile.Zipped(rows)), ("IEND", []))));
        Assert.Equal("has 16 bits a sample, 8 can be read: convert it", Refused(PngFile.Chunks(PngFile.Header(2, 3, 0, bits: 16), ("IDAT", PngFile.Zipped(rows)), ("IEND", []))));
        Assert.Equal("the colour type 5 is unknown, PNG has 0, 2, 3, 4 and 6", Refused(PngFile.Of(2, 3, 5, rows)));
        Assert.Equal("a palette of 0 bytes found, 3 for each of 1 to 256 colours expected", Refused(PngFile.Of(2, 3, 3, rows)));
        Assert.Equal("row 1 has the filter 5, PNG has 0 to 4: the file is damaged", Refused(PngFile.Of(2, 3, 0, [0, 1, 2, 3, 5, 4, 5, 6])));
        Assert.Equal("7 bytes of rows found, 8 expected: the file is cut short", Refused(PngFile.Of(2, 3, 0, rows[..7])));
        Assert.Equal("more than 8 bytes of rows found: there is more than the picture in it", Refused(PngFile.Of(2, 3, 0, [.. rows, 0])));
        Assert.Equal("a picture of 0x3 pixels found, at least one was expected", Refused(PngFile.Of(0, 3, 0, [])));
        Assert.Equal($"ends within a chunk, at byte {good.Length - 1}: the file is cut short", Refused(good[..^1]));
        Assert.StartsWith("the check sum of the chunk IDAT at byte 33 does not match", Refused([.. good.Select((b, i) => i == 44 ? (byte)~b : b)]));
        Assert.Equal("has a chunk ABCD that is unknown and not optional", Refused(PngFile.Chunks(PngFile.Header(2, 3, 0), ("ABCD", []), ("IDAT", PngFile.Zipped(rows)), ("IEND", []))));
        Assert.Equal("its first chunk is not IHDR, the PNG picture is damaged", Refused(PngFile.Chunks(("IDAT", []), ("IEND", []))));
        Assert.Equal("a header of 12 bytes found, 13 expected", Refused(PngFile.Chunks(("IHDR", new byte[12]), ("IEND", []))));
        Assert.StartsWith("its compression is damaged (", Refused(PngFile.Chunks(PngFile.Header(2, 3, 0), ("IDAT", [1, 2, 3, 4]), ("IEND", []))));
        Assert.Equal("is a JPEG picture, PNG, PGM and PPM can be read: convert it", Refused([0xff, 0xd8, 0xff]));
        Assert.Equal("is no PNG, PGM or PPM picture", Refused([]));
    }

    [Fact]
    public void The_check_sum_of_the_pixels_is_compared_too()
    {
        var zipped = PngFile.Zipped([0, 1, 2, 3, 0, 4, 5, 6]);
        zipped[^1] ^= 1;
        Assert.StartsWith("its compression is damaged (", Refused(PngFile.Chunks(PngFile.Header(2, 3, 0), ("IDAT", zipped), ("IEND", []))));
    }

    [Fact]
    public void A_header_that_promises_too_much_takes_no_memory()
    {
        var png = PngFile.Of(30_000, 30_000, 0, [0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.EndsWith("compressed bytes cannot hold 30000x30000 pixels: the file is cut short", Refused(png));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Equal("a picture of 2147483647x2147483647 pixels is larger than a tensor can be", Refused(PngFile.Of(int.MaxValue, int.MaxValue, 0, [0])));
    }

    [Theory]
    [InlineData("P2\n# a comment\n3 2 # another\n255\n0 1 2\n3 4 255\n", 1, new byte[] { 0, 1, 2, 3, 4, 255 })]
    [InlineData("P2 2 1 3 0 3", 1, new byte[] { 0, 255 })]
    [InlineData("P3 1 2 15 0 15 7 1 2 3", 3, new byte[] { 0, 255, 119, 17, 34, 51 })]
    [InlineData("P5 3 1 255\nabc", 1, new byte[] { 97, 98, 99 })]
    [InlineData("P6\t1\r\n1\v255 # b", 3, new byte[] { (byte)'#', (byte)' ', (byte)'b' })]
    public void Netpbm_pictures_read(string file, int channels, byte[] expected)
    {
        var read = Parse(Encoding.ASCII.GetBytes(file));
        Assert.Equal(channels, read.Sizes[2]);
        Assert.Equal(expected, read.Span.ToArray());
    }

    [Theory]
    [InlineData("P5 3 1 255\nab", "2 values of pixels found at most, 3 expected: the file is cut short")]
    [InlineData("P5 3 1 255\nabcd", "4 bytes of pixels found, 3 expected: there is more than the picture in it")]
    [InlineData("P5 3 1 65535\nabcdef", "has the largest value 65535, 1 to 255 can be read")]
    [InlineData("P5 3 1 100\n\u007fbc", "a pixel of 127 found, 100 is the largest value")]
    [InlineData("P2 2 1 255 0 256", "a pixel of 256 found, 255 is the largest value")]
    [InlineData("P2 2 1 255 0 x", "at byte 13 the pixel was expected, a whole number")]
    [InlineData("P2 2 1 255 0 1 2", "there is more than the picture in it, from byte 15 on")]
    [InlineData("P2 99999 9999 255 0", "1 values of pixels found at most, 999890001 expected: the file is cut short")]
    [InlineData("P5 99999 99999 255\n", "a picture of 99999x99999 pixels is larger than a tensor can be")]
    [InlineData("P5 0 5 255\n", "a picture of 5x0 pixels found, at least one was expected")]
    [InlineData("P5 99999999999 5 255\n", "at byte 3 the width was expected, a whole number")]
    [InlineData("P5 # no end", "at byte 11 the width was expected, a whole number")]
    [InlineData("P4 8 1 ", "is a Netpbm picture P4, P2, P3, P5 and P6 can be read")]
    [InlineData("P5 1 1 255", "0 values of pixels found at most, 1 expected: the file is cut short")]
    public void What_netpbm_cannot_be_read_says_so(string file, string message) => Assert.Equal(message, Refused(Encoding.ASCII.GetBytes(file)));
}
