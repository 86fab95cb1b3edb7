using System.IO.Compression;
using System.Text;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data.Pictures;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

/// <summary>A format that files from anywhere may claim to be: good files, what wraps them, and how they are read, every number of them.</summary>
/// <param name="Inner">Files before they are compressed or summed up.</param>
/// <param name="Wrap">Gives a damaged inner file a right outside, so that the damage is met behind the check sums.</param>
/// <param name="Read">Reads a file; throws what the library throws.</param>
/// <param name="Expansion">How many bytes of numbers one byte of a file may mean.</param>
internal sealed record HostileFormat(byte[][] Inner, Func<byte[], byte[]>? Wrap, Action<byte[], string> Read, long Expansion)
{
    private const long Deflate = 1032;

    public static readonly IReadOnlyDictionary<string, HostileFormat> All = new Dictionary<string, HostileFormat>
    {
        ["npy"] = new(Npys, null, (bytes, _) => Numbers(Npy.Parse(bytes, "a")), 1),
        ["npz"] = new(Npys, bytes => Zip([("a.npy", bytes), ("b.npy", Npys[0])]), (bytes, _) => Every(Npz.Parse(bytes, "a")), Deflate),
        ["safetensors"] = new([SafetensorsOf("F32", 4), SafetensorsOf("BF16", 2), SafetensorsOf("U8", 1)], null, (bytes, _) => Every(Safetensors.Read(new MemoryStream(bytes), "a")), 2),
        ["idx"] = new(Idxs, null, (bytes, _) => Numbers(Idx.Load(new MemoryStream(bytes), "a")), 1),
        ["idx.gz"] = new(Idxs, Gzip, (bytes, _) => Numbers(Idx.Load(new MemoryStream(bytes), "a")), Deflate),
        ["png"] = new(PngBodies, PngOf, (bytes, _) => Picture.Parse(bytes, "a"), Deflate),
        ["pgm"] = new([.. new[] { "P2\n# c\n3 2\n255\n0 1 2\n30 40 255\n", "P3 1 2 15 0 15 7 1 2 3", "P5 3 2 255\nabcdef", "P6 2 1 200 abcdef" }.Select(Encoding.ASCII.GetBytes)], null,
            (bytes, _) => Picture.Parse(bytes, "a"), 1),
        ["streamed"] = new([.. Idxs, .. Npys], null, Streamed, 1),
    };

    private static byte[][] Idxs =>
    [
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. Enumerable.Range(0, 24).Select(i => (byte)i)],
        [0, 0, 0x0d, 2, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, 24).Select(i => (byte)(i * 11))],
        [0, 0, 0x0b, 1, 0, 0, 0, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ];

    private static byte[][] Npys =>
    [
        NpyOf(stream => Npy.Write(stream, StoredArray.Of(Tensor<float>.Of(Enumerable.Range(0, 12).Select(i => i / 3f), 3, 4)))),
        NpyOf(stream => Npy.Write(stream, StoredArray.Of(Tensor<byte>.Of([1, 2, 3], 3)))),
        [0x93, .. "NUMPY"u8, 1, 0, 56, 0, .. "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3)}"u8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        [0x93, .. "NUMPY"u8, 3, 0, 55, 0, 0, 0, .. "{'descr':'<f8','shape':(1,),'fortran_order':False ,   }"u8, 1, 2, 3, 4, 5, 6, 7, 8],
    ];

    /// <summary>The data of a PNG picture's chunks, each behind its type and its length in two bytes, so that a mutation may change one and the sums still be right.</summary>
    private static byte[][] PngBodies => new (byte Kind, byte[] Rows, (string, byte[])[] Before)[]
    {
        (0, [0, 1, 2, 3, 4, 4, 5, 6], []),
        (2, [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3], []),
        (3, [2, 0, 1, 1, 4, 1, 0, 0], [("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [9])]),
        (4, [0, 1, 2, 3, 4, 5, 6, 1, 1, 2, 3, 4, 5, 6], []),
        (6, [0, .. new byte[12], 4, .. new byte[12]], []),
    }.Select(p => Flat([PngFile.Header(2, 3, p.Kind), .. p.Before, ("IDAT", p.Rows), ("IEND", [])])).ToArray();

    private static byte[] Flat((string Type, byte[] Data)[] chunks) =>
        [.. chunks.SelectMany(c => (byte[])[.. Encoding.ASCII.GetBytes(c.Type), (byte)(c.Data.Length >> 8), (byte)c.Data.Length, .. c.Data])];

    private static byte[] PngOf(byte[] flat)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = 0; at + 6 <= flat.Length;)
        {
            var type = Encoding.Latin1.GetString(flat, at, 4);
            var end = Math.Min(flat.Length, at + 6 + (flat[at + 4] << 8 | flat[at + 5]));
            chunks.Add((type, type == "IDAT" ? PngFile.Zipped(flat[(at + 6)..end]) : flat[(at + 6)..end]));
            at = end;
        }
        return PngFile.Chunks([.. chunks]);
    }

    private static byte[] NpyOf(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static byte[] SafetensorsOf(string type, int size)
    {
        var header = $$$"""{"__metadata__":{"a":"b"},"w":{"dtype":"{{{type}}}","shape":[2,3],"data_offsets":[0,{{{6 * size}}}]},"b":{"dtype":"BOOL","shape":[],"data_offsets":[{{{6 * size}}},{{{6 * size + 1}}}]}}""";
        return [.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header), .. Enumerable.Range(0, 6 * size).Select(i => (byte)(i * 7)), 1];
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] Zip((string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        return stream.ToArray();
    }

    private static void Numbers(StoredArray array)
    {
        var count = array.Sizes.Aggregate(1L, (n, s) => n * s);
        if (array.As<double>().Length != count) throw new InvalidOperationException($"{array.As<double>().Length} numbers for {count}");
        _ = array.Plain().As<float>();
    }

    private static void Every(ArrayFile file)
    {
        foreach (var name in file.Names) Numbers(file[name]);
    }

    /// <summary>Both ways to read a file come to the same: its numbers, or that it is wrong.</summary>
    private static void Streamed(byte[] bytes, string path)
    {
        File.WriteAllBytes(path, bytes);
        StreamedArray? streamed;
        try
        {
            streamed = StreamedArray.Open(path);
        }
        catch (DataException)
        {
            Assert.Throws<DataException>(() => Loaded(bytes));
            throw;
        }
        if (streamed is null) return;
        var loaded = Loaded(bytes);
        if (loaded.Sizes.IsEmpty || loaded.Sizes.Contains(0)) return;
        if (!loaded.As<float>().Span.SequenceEqual(streamed.Examples(streamed.Sizes).ToTensor().Span)) throw new InvalidOperationException("read in place, the numbers are others");
    }

    private static StoredArray Loaded(byte[] bytes) => bytes is [0x93, ..] ? Npy.Parse(bytes, "a") : Idx.Load(new MemoryStream(bytes), "a");
}
