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
    public static StoredArray Load(string path) => FileBytes.Through(path, file => Load(file, path));

    /// <summary>Whether a file begins as a compressed one does; its bytes are as if not read.</summary>
    internal static bool IsZipped(Stream file)
    {
        var zipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return zipped;
    }

    internal static StoredArray Load(Stream file, string path)
    {
        try
        {
            var zipped = IsZipped(file);
            using var gzip = zipped ? new GZipStream(file, CompressionMode.Decompress) : null;
            return Parse(gzip ?? file, zipped ? file.Length * MostExpansion : file.Length, path);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path}: its gzip compression is damaged ({e.Message})", e);
        }
    }

    /// <param name="most">How many bytes the stream can have: for no more is memory taken, whatever the header says.</param>
    private static StoredArray Parse(Stream stream, long most, string path)
    {
        var header = IdxHeader.Read(stream, path);
        return StoredArray.Of(path, header.Type, header.Sizes, columnMajor: false, length => Data(stream, length, most, path));
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
}
