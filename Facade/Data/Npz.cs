using System.IO.Compression;
using System.Numerics;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>NumPy's .npz files: a ZIP archive with an entry NAME.npy for each array.</summary>
public static class Npz
{
    // What deflate makes of zeros: 258 bytes of two bits.
    private const double MostExpansion = 1032;

    /// <summary>All arrays of a file as tensors of one type, in the order of the file.</summary>
    /// <exception cref="DataException">The file is missing or damaged, or values do not fit T.</exception>
    public static IReadOnlyDictionary<string, Tensor<T>> Read<T>(string path) where T : unmanaged, INumber<T>
    {
        var file = Open(path);
        return new OrderedDictionary<string, Tensor<T>>(file.Names.Select(name => KeyValuePair.Create(name, file[name].As<T>())));
    }

    /// <summary>The arrays of a file as they are stored.</summary>
    /// <exception cref="DataException">The file is missing or damaged, or holds something else than arrays.</exception>
    public static NpzFile Open(string path) => Parse(FileBytes.Read(path), path);

    internal static NpzFile Parse(byte[] file, string path)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            // Entries that share bytes could make much of little.
            if (zip.Entries.Sum(entry => (double)entry.Length) > MostExpansion * (double)file.Length)
                throw new DataException($"{path}: {file.Length} bytes cannot hold as much as its entries say: the file is damaged");
            var arrays = new OrderedDictionary<string, StoredArray>();
            foreach (var entry in zip.Entries)
                if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                    throw new DataException($"{path}: holds {Excerpt.Of(entry.FullName)}, a .npz file holds only .npy arrays");
                else if (!arrays.TryAdd(entry.FullName[..^4], Npy.Parse(Bytes(entry, path), $"{path}, {Excerpt.Of(entry.FullName)}")))
                    throw new DataException($"{path}: holds {Excerpt.Of(entry.FullName)} twice");
            return new(path, arrays);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path}: is damaged or no .npz file, which is a ZIP archive ({e.Message})", e);
        }
    }

    /// <summary>Writes arrays in the order given. The same arrays give the same bytes: no time of day is stored.</summary>
    /// <exception cref="DataException">The file cannot be written, or a name is empty or given twice.</exception>
    public static void Write(string path, IEnumerable<(string Name, StoredArray Array)> arrays, bool compress = false)
    {
        var entries = ArrayFile.Named(path, arrays);
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, array) in entries)
            {
                var entry = zip.CreateEntry($"{name}.npy", compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                // The first moment that a ZIP archive can name.
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var target = entry.Open();
                Npy.Write(target, array);
            }
        });
    }

    private static ReadOnlyMemory<byte> Bytes(ZipArchiveEntry entry, string path)
    {
        if (entry.Length > Array.MaxLength) throw new DataException($"{path}: {Excerpt.Of(entry.FullName)} has {entry.Length} bytes, at most {Array.MaxLength} can be read");
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        // ZipArchive itself does not compare the check sum.
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && stream.ReadByte() < 0 && Crc32.Of(bytes) == entry.Crc32
            ? bytes
            : throw new DataException($"{path}: the check sum of {Excerpt.Of(entry.FullName)} does not match, the file is damaged");
    }
}
