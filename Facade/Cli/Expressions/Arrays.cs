using System.Collections.Immutable;
using AutoDiffAE.Data;

namespace AutoDiffAE.Cli;

/// <summary>The arrays that an expression's variables stand for, by name.</summary>
internal sealed class Arrays
{
    private readonly string? _source;
    private readonly Func<string, StoredArray> _find;

    private Arrays(string? source, ImmutableArray<string> names, Func<string, StoredArray> find) => (_source, Names, _find) = (source, names, find);

    public static readonly Arrays None = new(null, [], name => throw new KeyNotFoundException(name));

    public static Arrays Of(OrderedDictionary<string, StoredArray> arrays) => new("in", [.. arrays.Keys], name => arrays[name]);

    /// <exception cref="DataException">The file is missing, or no .npz file.</exception>
    public static Arrays Open(string path) => Npz.Open(path) is var file ? new(path, file.Names, name => file[name]) : None;

    public ImmutableArray<string> Names { get; }

    public StoredArray this[string name] => _find(name);

    /// <param name="asker">The option that asks, for the message.</param>
    /// <exception cref="UsageException">There is none of this name.</exception>
    public StoredArray Find(string name, string asker) => Names.Contains(name)
        ? _find(name)
        : throw new UsageException(_source is null
            ? $"{asker}: there are no arrays, give a file of them by --in FILE"
            : $"{asker}: {_source} has no array named {name}, it has {(Names.IsEmpty ? "none" : string.Join(", ", Names))}");
}
