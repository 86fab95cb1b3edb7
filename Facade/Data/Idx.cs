using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>
/// IDX files, the format of MNIST: two zero bytes, an element type, the rank, a big-endian 32-bit size for each axis, then the
/// big-endian values in row-major order. Compressed files (gzip) are told by their first bytes, not their name.
/// </summary>
public static class Idx
{
    // What deflate makes of zeros: 258 bytes of two bits.
    private const long MostExpansion = 1032;

    /// <summary>The array of a file as a tensor: rounded where T is floating, exact where it is an integer.</summary>
    /// <exception cref="DataException">The file is missing, damaged or no IDX file, or its values do not fit T.</exception>
    public static Tensor<T> Read<T>(string path) where T : unmanaged, INumber<T> => Load(path).As<T>();

    /// <summary>The array of a file as it is stored.</summary>
    /// <exception cref="DataException">The file is missing, damaged or no IDX file.</exception>
    public static StoredArray Load(string path) => FileBytes.Through(path, file =>
    {
        try
        {
            var zipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            using var gzip = zipped ? new GZipStream(file, CompressionMode.Decompress) : null;
            return Parse(gzip ?? file, zipped ? file.Length * MostExpansion : file.Length, path);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path}: its gzip compression is damaged ({e.Message})", e);
        }
    });

    /// <param name="most">How many bytes the stream can have: for no more is memory taken, whatever the header says.</param>
    private static StoredArray Parse(Stream stream, long most, string path)
    {
        var start = stream.Bytes(4);
        if (start.Length < 4) throw new DataException($"{path}: {start.Length} bytes found, an IDX file has at least 4");
        if (start[0] != 0 || start[1] != 0)
            throw new DataException($"{path}: begins with the bytes {start[0]:x2} {start[1]:x2}, an IDX file begins with 00 00");

        var type = TypeOf(start[2], path);
        int rank = start[3], header = 4 + 4 * rank;
        var axes = stream.Bytes(4 * rank);
        if (axes.Length < 4 * rank)
            throw new DataException($"{path}: {4 + axes.Length} bytes found, an IDX header of rank {rank} has {header}: the file is cut short");
        var sizes = Enumerable.Range(0, rank).Select(axis => Size(axes.AsSpan(4 * axis), axis, path));
        return StoredArray.Of(path, type, [.. sizes], columnMajor: false, length => Data(stream, length, most, path));
    }

    private static (Tensor<byte>, long) Data(Stream stream, long length, long most, string path)
    {
        var found = 0L;
        var bytes = Tensor<byte>.Build([length <= Math.Min(most, Array.MaxLength) ? (int)length : 0],
            values => found = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false));
        var beyond = new byte[4096];
        while (stream.Read(beyond) is > 0 and var more) found += more;
        return found != length || bytes.Length == length
            ? (bytes, found)
            : throw new DataException($"{path}: {length} bytes of data found, at most {Array.MaxLength} can be read");
    }

    /// <summary>The next bytes of a stream; fewer at its end.</summary>
    private static byte[] Bytes(this Stream stream, int count)
    {
        var bytes = new byte[count];
        return bytes[..stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
    }

    private static int Size(ReadOnlySpan<byte> bytes, int axis, string path) => BinaryPrimitives.ReadUInt32BigEndian(bytes) switch
    {
        <= int.MaxValue and var size => (int)size,
        var size => throw new DataException($"{path}: axis {axis} has the size {size}, at most {int.MaxValue} can be read"),
    };

    private static ElementType TypeOf(byte code, string path) => code switch
    {
        0x08 => new('u', 1, true),
        0x09 => new('i', 1, true),
        0x0B => new('i', 2, true),
        0x0C => new('i', 4, true),
        0x0D => new('f', 4, true),
        0x0E => new('f', 8, true),
        _ => throw new DataException($"{path}: the element type {code:x2} is unknown, IDX has "
            + "08 uint8, 09 int8, 0b int16, 0c int32, 0d float32, 0e float64"),
    };
}
