using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AutoDiffAE.Tests.Facade.Data.Pictures;

/// <summary>PNG files, right or wrong in any part.</summary>
internal static class PngFile
{
    public static byte[] Of(int height, int width, byte kind, byte[] rows, params (string, byte[])[] before) =>
        Chunks([Header(height, width, kind), .. before, ("IDAT", Zipped(rows)), ("IEND", [])]);

    public static (string, byte[]) Header(int height, int width, byte kind, byte bits = 8, byte interlace = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = (bits, kind, interlace);
        return ("IHDR", data);
    }

    public static byte[] Chunks(params (string Type, byte[] Data)[] chunks) => [137, 80, 78, 71, 13, 10, 26, 10, .. chunks.SelectMany(c => Chunk(c.Type, c.Data))];

    public static byte[] Zipped(byte[] rows)
    {
        var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(bytes, CompressionLevel.Optimal)) zlib.Write(rows);
        return bytes.ToArray();
    }

    /// <summary>Rows with the number of their filter before them, by the definitions of the filters.</summary>
    public static byte[] Filtered(byte[] pixels, int row, int pixel, Func<int, int> filter)
    {
        byte At(int y, int x) => y < 0 || x < 0 ? (byte)0 : pixels[y * row + x];
        int Predicted(int y, int x)
        {
            int a = At(y, x - pixel), b = At(y - 1, x), c = x < pixel ? 0 : At(y - 1, x - pixel);
            var p = a + b - c;
            return filter(y) switch
            {
                0 => 0,
                1 => a,
                2 => b,
                3 => (a + b) / 2,
                _ => new[] { a, b, c }.MinBy(v => Math.Abs(p - v)),
            };
        }
        return [.. Enumerable.Range(0, pixels.Length / row).SelectMany(y => Enumerable.Range(0, row).Select(x => (byte)(At(y, x) - Predicted(y, x))).Prepend((byte)filter(y)))];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data], ends = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(ends, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(ends.AsSpan(4), Crc(body));
        return [.. ends[..4], .. body, .. ends[4..]];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            for (var bit = 0; bit < 8; bit++)
                crc = ((crc ^ (uint)(b >> bit)) & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        return ~crc;
    }
}
