using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests.Facade.Reports;

/// <summary>As much of a PNG decoder as unfiltered pictures need; it insists on every check sum, by a bitwise division of its own.</summary>
internal static class PngDecoder
{
    public static Tensor<byte> Decode(byte[] png)
    {
        Require(png.AsSpan(0, 8).SequenceEqual((ReadOnlySpan<byte>)[137, 80, 78, 71, 13, 10, 26, 10]), "signature");
        var chunks = Chunks(png).ToArray();
        Require(chunks[0].Type == "IHDR" && chunks[^1] is { Type: "IEND", Data.Length: 0 }, "order of chunks");

        var header = chunks[0].Data;
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Require(header.Length == 13 && header[8] == 8 && header[10] == 0 && header[11] == 0 && header[12] == 0, "header");
        var channels = header[9] switch { 0 => 1, 2 => 3, _ => throw new InvalidDataException("colour type") };

        using var zlib = new ZLibStream(new MemoryStream([.. chunks.Where(c => c.Type == "IDAT").SelectMany(c => c.Data)]), CompressionMode.Decompress);
        var data = new MemoryStream();
        zlib.CopyTo(data);
        var rows = data.ToArray().Chunk(1 + width * channels).ToArray();
        Require(rows.Length == height && rows.All(r => r.Length == 1 + width * channels && r[0] == 0), "rows");
        return Tensor<byte>.Of(rows.SelectMany(r => r[1..]), height, width, channels);
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            Require(BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)) == Crc(png.AsSpan(at + 4, length + 4)), "check sum");
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            for (var bit = 0; bit < 8; bit++)
                crc = ((crc ^ (uint)(b >> bit)) & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        return ~crc;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new InvalidDataException($"PNG: {what}");
    }
}
