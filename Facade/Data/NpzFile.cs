using System.Collections.Immutable;

namespace AutoDiffAE.Data;

/// <summary>The arrays of a .npz file by name, in the order of the file.</summary>
public sealed class NpzFile
{
    private readonly string _source;
    private readonly OrderedDictionary<string, StoredArray> _arrays;

    internal NpzFile(string source, OrderedDictionary<string, StoredArray> arrays) =>
        (_source, _arrays, Names) = (source, arrays, [.. arrays.Keys]);

    public ImmutableArray<string> Names { get; }

    public bool Contains(string name) => _arrays.ContainsKey(name);

    /// <exception cref="DataException">There is no array of that name.</exception>
    public StoredArray this[string name] => _arrays.TryGetValue(name, out var array)
        ? array
        : throw new DataException($"{_source}: has no array named {name}, it has {(Names.IsEmpty ? "none" : string.Join(", ", Names))}");
}
