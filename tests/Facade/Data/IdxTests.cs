using System.IO.Compression;
using AutoDiffAE.Data;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class IdxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly byte[] Bytes2By3 = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_bytes()
    {
        var array = Idx.Read<byte>(_folder.Holding("a", Bytes2By3));
        Assert.Equal([2, 3], array.Sizes.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 255], array.Span.ToArray());
    }

    [Fact]
    public void Tells_gzip_by_its_content()
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal)) gzip.Write(Bytes2By3);
        Assert.Equal([1, 2, 3, 4, 5, 255], Idx.Read<byte>(_folder.Holding("no-gz-in-this-name", zipped.ToArray())).Span.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 255], Idx.Read<byte>(_folder.Holding("plain.gz", Bytes2By3)).Span.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0x09, 1, 0, 0, 0, 1, 0x80 }, -128)]
    [InlineData(new byte[] { 0, 0, 0x0b, 1, 0, 0, 0, 1, 0xfe, 0xd4 }, -300)]
    [InlineData(new byte[] { 0, 0, 0x0c, 1, 0, 0, 0, 1, 0, 1, 0, 0 }, 65536)]
    [InlineData(new byte[] { 0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0 }, 1.5)]
    [InlineData(new byte[] { 0, 0, 0x0e, 1, 0, 0, 0, 1, 0xbf, 0xf8, 0, 0, 0, 0, 0, 0 }, -1.5)]
    [InlineData(new byte[] { 0, 0, 0x08, 0, 7 }, 7)]
    public void Reads_every_element_type(byte[] file, float expected) => Assert.Equal(expected, Idx.Read<float>(_folder.Holding("a", file)).Value);

    [Theory]
    [InlineData(new byte[] { 0, 0, 8 }, "3 bytes found, an IDX file has at least 4")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 }, "begins with the bytes 50 4b, an IDX file begins with 00 00")]
    [InlineData(new byte[] { 0, 0, 7, 0 }, "the element type 07 is unknown, IDX has 08 uint8, 09 int8, 0b int16, 0c int32, 0d float32, 0e float64")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1 }, "8 bytes found, an IDX header of rank 2 has 12: the file is cut short")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "2 bytes of data found, 3 expected for uint8 of shape (3,): the file is cut short")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "2 bytes of data found, 1 expected for uint8 of shape (1,): there is more than the array in it")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0xff, 0xff, 0xff, 0xff }, "axis 0 has the size 4294967295, at most 2147483647 can be read")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x7f, 0xff, 0xff, 0xff, 1 }, "1 bytes of data found, 2147483647 expected for uint8 of shape (2147483647,): the file is cut short")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 1, 0, 0, 0, 1, 0, 0 }, "the shape (65536, 65536) is larger than a tensor can be, 2147483647 elements")]
    [InlineData(new byte[] { 0, 0, 0x0d, 0, 0, 0, 0, 0 }, "holds float32 values, Byte values were expected")]
    [InlineData(new byte[] { 0, 0, 0x09, 0, 255 }, "holds int8 values outside the range of Byte")]
    public void Says_what_is_wrong(byte[] file, string message)
    {
        var path = _folder.Holding("a", file);
        Assert.Equal($"{path}: {message}", Assert.Throws<DataException>(() => Idx.Read<byte>(path)).Message);
    }

    [Fact]
    public void Says_the_same_of_what_is_compressed()
    {
        string Message(params byte[] file)
        {
            var zipped = new MemoryStream();
            using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal)) gzip.Write(file);
            var path = _folder.Holding("a.gz", zipped.ToArray());
            return Assert.Throws<DataException>(() => Idx.Load(path)).Message[$"{path}: ".Length..];
        }
        Assert.StartsWith("2 bytes of data found, 3 expected", Message(0, 0, 8, 1, 0, 0, 0, 3, 1, 2));
        Assert.StartsWith("5001 bytes of data found, 1 expected", Message([0, 0, 8, 1, 0, 0, 0, 1, .. new byte[5001]]));
        Assert.StartsWith("1 bytes of data found, 2147483647 expected", Message(0, 0, 8, 1, 0x7f, 0xff, 0xff, 0xff, 1));
        Assert.Equal("6 bytes found, an IDX header of rank 1 has 8: the file is cut short", Message(0, 0, 8, 1, 0, 0));
    }

    [Fact]
    public void Bytes_are_shared_and_not_copied()
    {
        var array = Idx.Load(_folder.Holding("a", Bytes2By3));
        Assert.True(array.As<byte>().Span == array.As<byte>().Span);
        Assert.Equal([2, 3], array.As<byte>().Sizes.ToArray());
        Assert.Equal([1f, 2, 3, 4, 5, 255], array.As<float>().Span.ToArray());
    }

    [Fact]
    public void Says_that_a_file_is_missing()
    {
        Assert.Equal($"{_folder.At("a")}: there is no such file", Assert.Throws<DataException>(() => Idx.Read<byte>(_folder.At("a"))).Message);
        Assert.Equal($"{_folder.Path}: is a folder, not a file", Assert.Throws<DataException>(() => Idx.Read<byte>(_folder.Path)).Message);
    }

    [Fact]
    public void Damaged_compression_is_an_error()
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal)) gzip.Write(Bytes2By3);
        foreach (var length in new[] { 2, 5, 12, 14 })
        {
            var path = _folder.Holding("a", zipped.ToArray()[..length]);
            Assert.StartsWith($"{path}: ", Assert.Throws<DataException>(() => Idx.Read<byte>(path)).Message);
        }
        var garbled = _folder.Holding("b", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff]);
        Assert.StartsWith($"{garbled}: its gzip compression is damaged", Assert.Throws<DataException>(() => Idx.Read<byte>(garbled)).Message);
    }
}
