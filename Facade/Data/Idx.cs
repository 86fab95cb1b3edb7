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
    /// <summary>The array of a file as a tensor: rounded where T is floating, exact where it is an integer.</summary>
    /// <exception cref="DataException">The file is missing, damaged or no IDX file, or its values do not fit T.</exception>
    public static Tensor<T> Read<T>(string path) where T : unmanaged, INumber<T> => Load(path).As<T>();

    /// <summary>The array of a file as it is stored.</summary>
    /// <exception cref="DataException">The file is missing, damaged or no IDX file.</exception>
    public static StoredArray Load(string path)
    {
        var bytes = Expanded(FileBytes.Read(path), path);
        if (bytes.Length < 4) throw new DataException($"{path}: {bytes.Length} bytes found, an IDX file has at least 4");
        if (bytes[0] != 0 || bytes[1] != 0)
            throw new DataException($"{path}: begins with the bytes {bytes[0]:x2} {bytes[1]:x2}, an IDX file begins with 00 00");

        var type = TypeOf(bytes[2], path);
        int rank = bytes[3], header = 4 + 4 * rank;
        if (bytes.Length < header)
            throw new DataException($"{path}: {bytes.Length} bytes found, an IDX header of rank {rank} has {header}: the file is cut short");
        var sizes = Enumerable.Range(0, rank).Select(axis => Size(bytes.AsSpan(4 + 4 * axis), axis, path));
        return StoredArray.Of(path, type, [.. sizes], columnMajor: false, bytes.AsMemory(header));
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

    private static byte[] Expanded(byte[] bytes, string path)
    {
        if (bytes is not [0x1f, 0x8b, ..]) return bytes;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var expanded = new MemoryStream();
            gzip.CopyTo(expanded);
            return expanded.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path}: its gzip compression is damaged ({e.Message})", e);
        }
    }
}
