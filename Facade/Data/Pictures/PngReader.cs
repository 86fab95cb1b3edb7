using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>
/// PNG pictures (ISO 15948) with 8 bits a sample: grey, red-green-blue, both with or without alpha, and palettes. Check sums are compared, in the chunks
/// and in the compressed pixels.
/// </summary>
internal static class PngReader
{
    // What deflate makes of zeros: 258 bytes of two bits.
    private const long MostExpansion = 1032;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <param name="Samples">Of a pixel, as stored.</param>
    private sealed record Header(int Width, int Height, int Kind, int Samples);

    /// <exception cref="DataException">Damaged, interlaced, or with another number of bits.</exception>
    public static Tensor<byte> Read(ReadOnlyMemory<byte> png, string source)
    {
        if (!png.Span.StartsWith(Signature)) throw new DataException($"{source}: has not the eight bytes that begin a PNG picture: the file is damaged");
        var chunks = Chunks(png, source);
        if (chunks is not [("IHDR", var first), ..]) throw new DataException($"{source}: its first chunk is not IHDR, the PNG picture is damaged");
        var header = HeaderOf(first.Span, source);
        var palette = PngPalette.Of(header.Kind, Only(chunks, "PLTE", source), Only(chunks, "tRNS", source), source);
        var samples = PngFilters.Undone(Decompressed(chunks, header, source), header.Height, header.Width * header.Samples, header.Samples, source);
        var channels = header.Kind is 0 or 4 ? 1 : 3;
        return Tensor<byte>.Of(palette.Colours(samples, header.Samples, Picture.Count(header.Height, header.Width, channels, source)), header.Height, header.Width, channels);
    }

    private static List<(string Type, ReadOnlyMemory<byte> Data)> Chunks(ReadOnlyMemory<byte> png, string source)
    {
        var chunks = new List<(string Type, ReadOnlyMemory<byte> Data)>();
        for (var at = Signature.Length; chunks is not [.., ("IEND", _)];)
        {
            var rest = png.Length - at - 12L;
            var length = rest < 0 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(png.Span[at..]);
            if (rest < length) throw new DataException($"{source}: ends within a chunk, at byte {png.Length}: the file is cut short");
            var body = png.Slice(at + 4, (int)length + 4);
            var type = Encoding.Latin1.GetString(body.Span[..4]);
            if (Crc32.Of(body.Span) != BinaryPrimitives.ReadUInt32BigEndian(png.Span[(at + 8 + (int)length)..]))
                throw new DataException($"{source}: the check sum of the chunk {Excerpt.Of(type)} at byte {at} does not match, the file is damaged");
            if (char.IsAsciiLetterUpper(type[0]) && type is not ("IHDR" or "PLTE" or "IDAT" or "IEND"))
                throw new DataException($"{source}: has a chunk {Excerpt.Of(type)} that is unknown and not optional");
            chunks.Add((type, body[4..]));
            at += (int)length + 12;
        }
        return chunks;
    }

    private static Header HeaderOf(ReadOnlySpan<byte> data, string source)
    {
        if (data.Length != 13) throw new DataException($"{source}: a header of {data.Length} bytes found, 13 expected");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        int bits = data[8], kind = data[9];
        var samples = kind switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => throw new DataException($"{source}: the colour type {kind} is unknown, PNG has 0, 2, 3, 4 and 6") };
        if (bits != 8) throw new DataException($"{source}: has {bits} bits a sample, 8 can be read: convert it");
        if (data[10] != 0 || data[11] != 0) throw new DataException($"{source}: its compression {data[10]} or its filters {data[11]} are unknown, PNG has 0");
        if (data[12] != 0) throw new DataException($"{source}: is interlaced, which cannot be read: save it without interlacing");
        // A row has a byte more, its filter.
        _ = Picture.Count(height, width, samples + 1, source);
        return new((int)width, (int)height, kind, samples);
    }

    private static ReadOnlyMemory<byte>? Only(List<(string Type, ReadOnlyMemory<byte> Data)> chunks, string type, string source) =>
        chunks.Where(c => c.Type == type).ToList() switch
        {
            // A bare null would be an empty memory.
            [] => (ReadOnlyMemory<byte>?)null,
            [var only] => only.Data,
            var several => throw new DataException($"{source}: has {several.Count} chunks {type}, the PNG picture is damaged"),
        };

    private static byte[] Decompressed(List<(string Type, ReadOnlyMemory<byte> Data)> chunks, Header header, string source)
    {
        var compressed = new MemoryStream();
        foreach (var (_, data) in chunks.Where(c => c.Type == "IDAT")) compressed.Write(data.Span);
        compressed.Position = 0;
        var expected = (long)header.Height * (1 + header.Width * header.Samples);
        if (expected > compressed.Length * MostExpansion)
            throw new DataException($"{source}: {compressed.Length} compressed bytes cannot hold {header.Height}x{header.Width} pixels: the file is cut short");
        try
        {
            using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
            var rows = new byte[expected];
            var found = zlib.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false);
            if (found < rows.Length) throw new DataException($"{source}: {found} bytes of rows found, {expected} expected: the file is cut short");
            // The end of the stream has to be reached, for only there its check sum is compared.
            return zlib.ReadByte() < 0 ? rows : throw new DataException($"{source}: more than {expected} bytes of rows found: there is more than the picture in it");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DataException($"{source}: its compression is damaged ({e.Message})", e);
        }
    }
}
