using System.IO.Compression;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class NpzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // np.savez(f, b=np.array([[1.5, 2.5]], '<f8'), a=np.array([7, 8, 9], '<i8')), NumPy 1.24
    private const string Saved =
        "UEsDBBQAAAAAAAAAIQBRnmX3kAAAAJAAAAAFABQAYi5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmOCcsICdmb3J0cmFuX29yZGVy"
        + "JzogRmFsc2UsICdzaGFwZSc6ICgxLCAyKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAA+D8A"
        + "AAAAAAAEQFBLAwQUAAAAAAAAACEACGUbW5gAAACYAAAABQAUAGEubnB5AQAQAJgAAAAAAAAAmAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8aTgnLCAnZm9ydHJh"
        + "bl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMywpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgcA"
        + "AAAAAAAACAAAAAAAAAAJAAAAAAAAAFBLAQIUAxQAAAAAAAAAIQBRnmX3kAAAAJAAAAAFAAAAAAAAAAAAAACAAQAAAABiLm5weVBLAQIUAxQAAAAAAAAAIQAIZRtbmAAA"
        + "AJgAAAAFAAAAAAAAAAAAAACAAccAAABhLm5weVBLBQYAAAAAAgACAGYAAACWAQAAAAA=";

    // np.savez_compressed(f, w=np.zeros((3, 2), '<f4'), n=np.array(5, '|u1')), NumPy 1.24
    private const string Compressed =
        "UEsDBBQAAAAIAAAAIQD7kLqPSQAAAJgAAAAFABQAdy5ucHkBABAAmAAAAAAAAABJAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIK"
        + "EndLzClOBYoXZyQWpAL5GsY6CkaaOgq1CmQDLgYcAABQSwMEFAAAAAgAAAAhAFpvHWdDAAAAgQAAAAUAFABuLm5weQEAEACBAAAAAAAAAEMAAAAAAAAAm+wX6hsQychQ"
        + "xlCtnpJanFykbqWgXlNqqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkamjoKtQoUAS5WAFBLAQIUAxQAAAAIAAAAIQD7kLqPSQAAAJgAAAAFAAAAAAAAAAAA"
        + "AACAAQAAAAB3Lm5weVBLAQIUAxQAAAAIAAAAIQBabx1nQwAAAIEAAAAFAAAAAAAAAAAAAACAAYAAAABuLm5weVBLBQYAAAAAAgACAGYAAAD6AAAAAAA=";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_numpy_saves()
    {
        var path = _folder.Holding("a.npz", Convert.FromBase64String(Saved));
        var file = Npz.Open(path);
        Assert.Equal<string>(["b", "a"], file.Names);
        Assert.Equal(("float64", "int64"), (file["b"].Type.Name, file["a"].Type.Name));
        Assert.Equal<int>([1, 2], file["b"].Sizes);
        Assert.Equal([7L, 8, 9], file["a"].As<long>().Span.ToArray());

        var all = Npz.Read<float>(path);
        Assert.Equal(["b", "a"], all.Keys);
        Assert.Equal([1.5f, 2.5f], all["b"].Span.ToArray());
        Assert.Equal([7f, 8, 9], all["a"].Span.ToArray());
    }

    [Fact]
    public void Reads_what_numpy_compresses()
    {
        var file = Npz.Open(_folder.Holding("a.npz", Convert.FromBase64String(Compressed)));
        Assert.Equal(new float[6], file["w"].As<float>().Span.ToArray());
        Assert.Equal(5, file["n"].As<byte>().Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_reads_back(bool compress)
    {
        var path = _folder.At("a.npz");
        Write(path, compress);
        var file = Npz.Open(path);
        Assert.Equal<string>(["f", "d", "b/c", "l", "text"], file.Names);
        Assert.Equal([1f, float.NaN, -0f], file["f"].As<float>().Span.ToArray());
        Assert.Equal(Math.PI, file["d"].As<double>().Value);
        Assert.Equal<int>([0, 4], file["b/c"].Sizes);
        Assert.Equal(long.MinValue, file["l"].As<long>().Value);
        Assert.Equal("größer\n", file["text"].AsText());
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes()
    {
        Write(_folder.At("a.npz"), false);
        Write(_folder.At("b.npz"), false);
        Assert.Equal(File.ReadAllBytes(_folder.At("a.npz")), File.ReadAllBytes(_folder.At("b.npz")));
    }

    [Fact]
    public void Says_which_names_there_are()
    {
        var path = _folder.Holding("a.npz", Convert.FromBase64String(Saved));
        var file = Npz.Open(path);
        Assert.Equal($"{path}: has no array named w, it has b, a", Assert.Throws<DataException>(() => file["w"]).Message);
        Assert.Equal($"{path}, a.npy: holds int64 of shape (3,), text was expected (uint8 of rank 1)", Assert.Throws<DataException>(() => file["a"].AsText()).Message);
    }

    [Fact]
    public void Damage_is_an_error()
    {
        var bytes = Convert.FromBase64String(Saved);
        var last = _folder.Holding("cut.npz", bytes[..300]);
        Assert.StartsWith($"{last}: is damaged or no .npz file", Assert.Throws<DataException>(() => Npz.Open(last)).Message);

        // A bit of the value 2.5: only the check sum can tell.
        var at = bytes.AsSpan().IndexOf("PK\u0003\u0004\u0014"u8[..4]) + 30 + 5 + 20 + 128 + 15;
        bytes[at] ^= 1;
        var flipped = _folder.Holding("flipped.npz", bytes);
        Assert.Equal($"{flipped}: the check sum of b.npy does not match, the file is damaged", Assert.Throws<DataException>(() => Npz.Open(flipped)).Message);
    }

    [Fact]
    public void Other_archives_are_refused()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create)) zip.CreateEntry("read.me");
        var path = _folder.Holding("a.zip", stream.ToArray());
        Assert.Equal($"{path}: holds read.me, a .npz file holds only .npy arrays", Assert.Throws<DataException>(() => Npz.Open(path)).Message);
    }

    [Fact]
    public void A_name_of_several_lines_stands_in_one_line_of_the_message()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create)) zip.CreateEntry("read\nme\r" + new string('x', 500));
        var message = Assert.Throws<DataException>(() => Npz.Open(_folder.Holding("a.zip", stream.ToArray()))).Message;
        Assert.DoesNotContain('\n', message);
        Assert.EndsWith($"a.zip: holds read me {new string('x', 92)}..., a .npz file holds only .npy arrays", message);
    }

    [Fact]
    public void Entries_that_share_their_bytes_cannot_make_much_of_little()
    {
        // Fifty entries of the directory, all at the first one's bytes: a thousand times as much as deflate could hold.
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("a.npy", CompressionLevel.SmallestSize).Open()) entry.Write(new byte[20_000_000]);
        var bytes = stream.ToArray();
        var directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        var (one, end) = (bytes[directory..^22], bytes[^22..]);
        (end[8], end[10]) = (50, 50);
        BitConverter.GetBytes(50 * one.Length).CopyTo(end, 12);
        byte[] bomb = [.. bytes[..directory], .. Enumerable.Repeat(one, 50).SelectMany(b => b), .. end];
        var path = _folder.Holding("a.npz", bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal($"{path}: {bomb.Length} bytes cannot hold as much as its entries say: the file is damaged", Assert.Throws<DataException>(() => Npz.Open(path)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Names_are_given_once_and_not_empty()
    {
        var one = StoredArray.OfText("x");
        Assert.Equal("a: the name w is given to several arrays", Assert.Throws<DataException>(() => Npz.Write("a", [("w", one), ("w", one)])).Message);
        Assert.Equal("a: an array without a name cannot be written", Assert.Throws<DataException>(() => Npz.Write("a", [("", one)])).Message);
    }

    [SharedFact]
    public void Reads_every_golden_file()
    {
        var files = Directory.GetFiles(Shared.At("golden"), "*.npz", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, path => Assert.All(Npz.Read<double>(path), array => Assert.Equal(array.Value.Length, array.Value.Span.Length)));
    }

    private static void Write(string path, bool compress) => Npz.Write(path,
    [
        ("f", StoredArray.Of(Tensor<float>.Of([1f, float.NaN, -0f], 3))),
        ("d", StoredArray.Of(Tensor<double>.Scalar(Math.PI))),
        ("b/c", StoredArray.Of(Tensor<byte>.Full(0, 0, 4))),
        ("l", StoredArray.Of(Tensor<long>.Scalar(long.MinValue))),
        ("text", StoredArray.OfText("größer\n")),
    ], compress);
}
