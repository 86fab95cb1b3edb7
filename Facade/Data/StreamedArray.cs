using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace AutoDiffAE.Data;

/// <summary>
/// An array that stays in its file, an uncompressed IDX or .npy one, so that a set may be larger than the memory: what is asked for is read then,
/// from its place. Several threads may read at once.
/// </summary>
public sealed class StreamedArray
{
    private const int Block = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly long _start;
    private readonly string _path;

    private StreamedArray(SafeFileHandle file, string path, ElementType type, ImmutableArray<int> sizes, long start) =>
        (_file, _path, Type, Sizes, _start) = (file, path, type, sizes, start);

    public ElementType Type { get; }

    public ImmutableArray<int> Sizes { get; }

    /// <summary>Opens a file; nothing but its header is read.</summary>
    /// <returns>Null where the array cannot be read in place: it is compressed, or column-major.</returns>
    /// <exception cref="DataException">The file is missing or damaged, or its data are not as long as its header says.</exception>
    public static StreamedArray? Open(string path) => FileBytes.Through(path, stream =>
    {
        if (stream is not FileStream file || Idx.IsZipped(file)) return null;
        var (type, columnMajor, sizes, start) = Header(file, path);
        if (columnMajor && sizes.Length > 1) return null;
        var expected = Count(sizes) * type.Size;
        return expected != file.Length - start
            ? throw new DataException($"{path}: {file.Length - start} bytes of data found, {(expected > long.MaxValue ? "more" : expected.ToString(CultureInfo.InvariantCulture))} expected for {type.Name} of shape {StoredArray.Shown(sizes)}")
            : new StreamedArray(File.OpenHandle(path, share: FileShare.ReadWrite, options: FileOptions.RandomAccess), path, type, sizes, start);
    });

    /// <summary>The array as examples of the given sizes, which hold as many numbers.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public Examples Examples(ImmutableArray<int> sizes) => sizes.Length > 0 && Count(sizes) == Count(Sizes)
        ? Data.Examples.Of(sizes, Read)
        : throw new ArgumentException($"an array of shape {StoredArray.Shown(Sizes)} is not of the sizes {StoredArray.Shown(sizes)}", nameof(sizes));

    private static BigInteger Count(ImmutableArray<int> sizes) => sizes.Aggregate(BigInteger.One, (n, s) => n * s);

    private void Read(long start, Span<float> values)
    {
        var bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(Block, (long)values.Length * Type.Size));
        try
        {
            var most = bytes.Length / Type.Size;
            for (var at = 0; at < values.Length; at += most)
            {
                var part = values.Slice(at, Math.Min(most, values.Length - at));
                Fill(_start + (start + at) * Type.Size, bytes.AsSpan(0, part.Length * Type.Size));
                Type.Decode(bytes.AsSpan(0, part.Length * Type.Size), part);
            }
        }
        catch (IOException e)
        {
            throw new DataException($"{_path}: cannot be read ({e.Message})", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Fill(long offset, Span<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var read = RandomAccess.Read(_file, bytes[at..], offset + at);
            if (read == 0) throw new DataException($"{_path}: has become shorter while it was read");
            at += read;
        }
    }

    private static (ElementType Type, bool ColumnMajor, ImmutableArray<int> Sizes, long Start) Header(FileStream file, string path)
    {
        var first = file.ReadByte();
        file.Position = 0;
        if (first != 0x93)
        {
            var idx = IdxHeader.Read(file, path);
            return (idx.Type, false, idx.Sizes, idx.Length);
        }
        var bytes = new byte[Math.Min(file.Length, NpyHeader.MostBytes)];
        file.ReadExactly(bytes);
        var npy = NpyHeader.Parse(bytes, path);
        return (npy.Type, npy.ColumnMajor, npy.Sizes, npy.Length);
    }
}
