using System.Buffers.Binary;
using System.IO.Compression;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>PNG pictures (ISO 15948), grey or RGB with 8 bits a sample, unfiltered. The same picture gives the same bytes.</summary>
public static class Png
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <param name="picture">(height, width, channels), with 1 channel for grey or 3 for red, green and blue.</param>
    /// <exception cref="DataException">The file cannot be written.</exception>
    public static void Write(string path, Tensor<byte> picture)
    {
        var bytes = Encode(picture);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <param name="picture">(height, width, channels), with 1 channel for grey or 3 for red, green and blue.</param>
    /// <exception cref="ArgumentException">Another shape, or a picture without pixels.</exception>
    public static byte[] Encode(Tensor<byte> picture)
    {
        if (picture.Rank != 3 || picture.Sizes[2] is not (1 or 3) || picture.Length == 0)
            throw new ArgumentException($"a picture of shape {picture.Shape} found, (height, width, 1 or 3) expected", nameof(picture));
        var (height, width, channels) = (picture.Sizes[0], picture.Sizes[1], picture.Sizes[2]);

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)(channels == 1 ? 0 : 2));

        return [.. Signature, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, Compressed(picture.Span, width * channels)), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Compressed(ReadOnlySpan<byte> samples, int row)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
            for (var start = 0; start < samples.Length; start += row)
            {
                zlib.WriteByte(0);
                zlib.Write(samples.Slice(start, row));
            }
        return compressed.ToArray();
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32.Of(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }
}
