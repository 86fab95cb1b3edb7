using System.Collections.Immutable;

namespace AutoDiffAE.Data;

/// <summary>The arrays of a .npz or .safetensors file by name, in the order of the file.</summary>
public abstract class ArrayFile
{
    private readonly string _source;
    private readonly OrderedDictionary<string, StoredArray> _arrays;

    private protected ArrayFile(string source, OrderedDictionary<string, StoredArray> arrays) =>
        (_source, _arrays, Names) = (source, arrays, [.. arrays.Keys]);

    public ImmutableArray<string> Names { get; }

    public bool Contains(string name) => _arrays.ContainsKey(name);

    /// <exception cref="DataException">There is no array of that name.</exception>
    public StoredArray this[string name] => _arrays.TryGetValue(name, out var array)
        ? array
        : throw new DataException($"{_source}: has no array named {name}, it has {(Names.IsEmpty ? "none" : string.Join(", ", Names))}");

    /// <summary>Opens a .npz or .safetensors file, told by its first bytes: only the former begins with PK.</summary>
    /// <exception cref="DataException">The file is missing or damaged, or holds something else than arrays.</exception>
    public static ArrayFile Open(string path) =>
        FileBytes.Through(path, file => file.ReadByte() == 'P' && file.ReadByte() == 'K') ? Npz.Open(path)
        : IsSafetensors(path) ? Safetensors.Open(path)
        : Npz.Open(path);

    /// <summary>Writes arrays: a .safetensors file where the path ends so, a .npz file otherwise.</summary>
    /// <exception cref="DataException">The file cannot be written, or a name is empty or given twice.</exception>
    public static void Write(string path, IEnumerable<(string Name, StoredArray Array)> arrays)
    {
        if (IsSafetensors(path)) Safetensors.Write(path, arrays);
        else Npz.Write(path, arrays);
    }

    /// <summary>Arrays with names that can be written.</summary>
    /// <exception cref="DataException">A name is empty or given twice.</exception>
    internal static (string Name, StoredArray Array)[] Named(string path, IEnumerable<(string Name, StoredArray Array)> arrays)
    {
        var entries = arrays.ToArray();
        if (entries.Any(e => e.Name.Length == 0)) throw new DataException($"{path}: an array without a name cannot be written");
        return entries.CountBy(e => e.Name).FirstOrDefault(n => n.Value > 1).Key is { } twice
            ? throw new DataException($"{path}: the name {twice} is given to several arrays")
            : entries;
    }

    private static bool IsSafetensors(string path) => path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);
}
