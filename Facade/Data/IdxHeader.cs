using System.Buffers.Binary;
using System.Collections.Immutable;

namespace AutoDiffAE.Data;

/// <summary>What stands before the data of an IDX file: two zero bytes, an element type, the rank, and a big-endian 32-bit size for each axis.</summary>
internal sealed record IdxHeader(ElementType Type, ImmutableArray<int> Sizes)
{
    /// <summary>In bytes.</summary>
    public int Length => 4 + 4 * Sizes.Length;

    /// <exception cref="DataException">The bytes are too few, or no IDX header.</exception>
    public static IdxHeader Read(Stream stream, string path)
    {
        var start = Bytes(stream, 4);
        if (start.Length < 4) throw new DataException($"{path}: {start.Length} bytes found, an IDX file has at least 4");
        if (start[0] != 0 || start[1] != 0)
            throw new DataException($"{path}: begins with the bytes {start[0]:x2} {start[1]:x2}, an IDX file begins with 00 00");

        var type = TypeOf(start[2], path);
        int rank = start[3];
        var axes = Bytes(stream, 4 * rank);
        return axes.Length == 4 * rank
            ? new(type, [.. Enumerable.Range(0, rank).Select(axis => Size(axes.AsSpan(4 * axis), axis, path))])
            : throw new DataException($"{path}: {4 + axes.Length} bytes found, an IDX header of rank {rank} has {4 + 4 * rank}: the file is cut short");
    }

    /// <summary>The next bytes of a stream; fewer at its end.</summary>
    private static byte[] Bytes(Stream stream, int count)
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
