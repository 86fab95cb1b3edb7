using System.IO.Compression;
using System.Numerics;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>NumPy's .npz files: a ZIP archive with an entry NAME.npy for each array.</summary>
public static class Npz
{
    /// <summary>All arrays of a file as tensors of one type, in the order of the file.</summary>
    /// <exception cref="DataException">The file is missing or damaged, or values do not fit T.</exception>
    public static IReadOnlyDictionary<string, Tensor<T>> Read<T>(string path) where T : unmanaged, INumber<T>
    {
        var file = Open(path);
        return new OrderedDictionary<string, Tensor<T>>(file.Names.Select(name => KeyValuePair.Create(name, file[name].As<T>())));
    }

    /// <summary>The arrays of a file as they are stored.</summary>
    /// <exception cref="DataException">The file is missing or damaged, or holds something else than arrays.</exception>
    public static NpzFile Open(string path)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(FileBytes.Read(path)), ZipArchiveMode.Read);
            var arrays = new OrderedDictionary<string, StoredArray>();
            foreach (var entry in zip.Entries)
                if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                    throw new DataException($"{path}: holds {entry.FullName}, a .npz file holds only .npy arrays");
                else if (!arrays.TryAdd(entry.FullName[..^4], Npy.Parse(Bytes(entry, path), $"{path}, {entry.FullName}")))
                    throw new DataException($"{path}: holds {entry.FullName} twice");
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
        var entries = arrays.ToArray();
        if (entries.Any(e => e.Name.Length == 0)) throw new DataException($"{path}: an array without a name cannot be written");
        if (entries.CountBy(e => e.Name).FirstOrDefault(n => n.Value > 1).Key is { } twice)
            throw new DataException($"{path}: the name {twice} is given to several arrays");

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
        using var stream = entry.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        // ZipArchive itself does not compare the check sum.
        return Crc32.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) == entry.Crc32
            ? bytes.GetBuffer().AsMemory(0, (int)bytes.Length)
            : throw new DataException($"{path}: the check sum of {entry.FullName} does not match, the file is damaged");
    }
}
