using System.Text;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A file as NumPy writes it: the header padded with spaces and a line feed to a multiple of 64 bytes.</summary>
    private static byte[] File(int version, string header, params byte[] data)
    {
        var start = version == 1 ? 10 : 12;
        var length = (start + header.Length + 1 + 63) / 64 * 64 - start;
        byte[] size = version == 1 ? [(byte)length, 0] : [(byte)length, 0, 0, 0];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. size, .. Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"), .. data];
    }

    [Theory]
    [InlineData(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", new byte[] { 0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0 }, new[] { 1, -2.5 })]
    [InlineData(1, "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", new byte[] { 0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0 }, new[] { 1, -2.5 })]
    [InlineData(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", new byte[] { 0, 0, 0, 0, 0, 0, 8, 64 }, new[] { 3.0 })]
    [InlineData(1, "{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", new byte[] { 64, 8, 0, 0, 0, 0, 0, 0 }, new[] { 3.0 })]
    [InlineData(1, "{'descr': '<f2', 'fortran_order': False, 'shape': (2,), }", new byte[] { 0, 0x3e, 0, 0xc0 }, new[] { 1.5, -2 })]
    [InlineData(1, "{'descr': '>i2', 'fortran_order': False, 'shape': (), }", new byte[] { 0xfe, 0xd4 }, new[] { -300.0 })]
    [InlineData(1, "{'descr': '<u2', 'fortran_order': False, 'shape': (1,), }", new byte[] { 0xfe, 0xd4 }, new[] { 54526.0 })]
    [InlineData(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }", new byte[] { 0xfe, 0xff, 0xff, 0xff }, new[] { -2.0 })]
    [InlineData(1, "{'descr': '>u4', 'fortran_order': False, 'shape': (1,), }", new byte[] { 0xff, 0xff, 0xff, 0xff }, new[] { 4294967295.0 })]
    [InlineData(1, "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", new byte[] { 0, 0, 0, 0, 0, 1, 0, 0 }, new[] { 1099511627776.0 })]
    [InlineData(1, "{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", new byte[] { 5, 0, 0, 0, 0, 0, 0, 0 }, new[] { 5.0 })]
    [InlineData(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (1,), }", new byte[] { 255 }, new[] { -1.0 })]
    [InlineData(2, "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", new byte[] { 0, 255 }, new[] { 0.0, 255 })]
    [InlineData(3, "{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }", new byte[] { 1, 0, 1 }, new[] { 1.0, 0, 1 })]
    [InlineData(1, "{ \"shape\" : ( 1 , 2 ) , 'fortran_order':True,'descr':'|u1'}", new byte[] { 3, 4 }, new[] { 3.0, 4 })]
    [InlineData(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }", new byte[] { }, new double[] { })]
    public void Reads_what_numpy_writes(int version, string header, byte[] data, double[] expected)
    {
        var path = _folder.Holding("a.npy", File(version, header, data));
        Assert.Equal(expected, Npy.Read<double>(path).Span.ToArray());
        Assert.Equal(expected.Select(v => (float)v), Npy.Read<float>(path).Span.ToArray());
    }

    [Fact]
    public void Reads_column_major_order()
    {
        // np.asfortranarray(np.arange(24, dtype='|u1').reshape(2, 3, 4))
        byte[] columns = [0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23];
        var array = Npy.Parse(File(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }", columns), "a").As<byte>();
        Assert.Equal([2, 3, 4], array.Sizes.ToArray());
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (byte)i), array.Span.ToArray());
    }

    [Fact]
    public void Writes_the_very_bytes_of_numpy()
    {
        Npy.Write(_folder.At("a.npy"), Tensor<float>.Of([1f, 2, 3, 4, 5, 6], 2, 3));
        byte[] data = [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40, 0, 0, 0xa0, 0x40, 0, 0, 0xc0, 0x40];
        Assert.Equal(File(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", data), System.IO.File.ReadAllBytes(_folder.At("a.npy")));
    }

    [Fact]
    public void What_is_written_reads_back_exactly()
    {
        static bool Returns<T>(T[] values) where T : unmanaged, System.Numerics.INumber<T>
        {
            var written = new MemoryStream();
            var tensor = Tensor<T>.Of(values, 1, values.Length);
            Npy.Write(written, StoredArray.Of(tensor));
            var read = Npy.Parse(written.ToArray(), "a").As<T>();
            return read.Sizes.SequenceEqual(tensor.Sizes) && read.Span.ToArray().Zip(values).All(p => p.First.Equals(p.Second));
        }
        Prop.ForAll<float[]>(Returns).QuickCheckThrowOnFailure();
        Prop.ForAll<double[]>(Returns).QuickCheckThrowOnFailure();
        Prop.ForAll<byte[]>(Returns).QuickCheckThrowOnFailure();
        Prop.ForAll<long[]>(Returns).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2), }", "was expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "was expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }", "was expected")]
    [InlineData("{'descr': '<f4', 'shape': (2,), }", "was expected")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'shape': (2,), }", "was expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}", "was expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x", "was expected")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "was expected")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "elements of type <c8, plain numbers were expected")]
    [InlineData("{'descr': '|O8', 'fortran_order': False, 'shape': (1,), }", "elements of type |O8, plain numbers were expected")]
    [InlineData("{'descr': '|f4', 'fortran_order': False, 'shape': (2,), }", "elements of type |f4, plain numbers were expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "an axis of size 99999999999, at most 2147483647 can be read")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "8 bytes of data found, 12 expected for float32 of shape (3,): the file is cut short")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }", "8 bytes of data found, 4 expected for float32 of shape (1, 1): there is more")]
    public void Refuses_other_headers(string header, string message)
    {
        var e = Assert.Throws<DataException>(() => Npy.Parse(File(1, header, new byte[8]), "a.npy"));
        Assert.StartsWith("a.npy: ", e.Message);
        Assert.Contains(message, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "a.npy: is not a .npy file, which begins with the byte 93 and NUMPY")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 4, 0, 0, 0 }, "a.npy: is of the .npy version 4.0, versions 1.0, 2.0 and 3.0 can be read")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0, 123 }, "a.npy: 11 bytes found, its header is longer: the file is cut short")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 2, 0, 118, 0 }, "a.npy: 10 bytes found, its header is longer: the file is cut short")]
    public void Refuses_other_files(byte[] file, string message) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => Npy.Parse(file, "a.npy")).Message);

    [Fact]
    public void Numbers_are_not_squeezed_into_integers()
    {
        var reals = StoredArray.Of(Tensor<double>.Of([1.0], 1));
        Assert.Equal("array: holds float64 values, Int32 values were expected", Assert.Throws<DataException>(() => reals.As<int>()).Message);
        var large = StoredArray.Of(Tensor<long>.Of([300L], 1));
        Assert.Equal("array: holds int64 values outside the range of Byte", Assert.Throws<DataException>(() => large.As<byte>()).Message);
        Assert.Equal(300, large.As<int>().Value);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal($"{_folder.At("a")}: there is no such file", Assert.Throws<DataException>(() => Npy.Read<float>(_folder.At("a"))).Message);

    [Fact]
    public void A_long_header_is_refused_and_one_of_spaces_takes_no_time()
    {
        byte[] File(int spaces) => [0x93, .. "NUMPY"u8, 2, 0, .. BitConverter.GetBytes(spaces + 2), (byte)'{', .. Enumerable.Repeat((byte)' ', spaces), (byte)'}'];
        Assert.Equal("a: a header of 1000002 bytes found, at most 10000 can be: a damaged file, or a table of named columns",
            Assert.Throws<DataException>(() => Npy.Parse(File(1_000_000), "a")).Message);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var text in new[] { "{'shape': (1," + new string(' ', 9000), "{'shape': (1, 1" + string.Concat(Enumerable.Repeat(" , 1 ", 1900)), "{'descr' " + new string(' ', 9900) })
        {
            byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. System.Text.Encoding.ASCII.GetBytes(text)];
            Assert.Contains("the header {'", Assert.Throws<DataException>(() => Npy.Parse(bytes, "a")).Message);
        }
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
    }
}
