using System.Collections.Immutable;

namespace AutoDiffAE.Data;

/// <summary>The arrays of a .safetensors file by name, in the order of the file, and what is said of them.</summary>
public sealed class SafetensorsFile : ArrayFile
{
    internal SafetensorsFile(string source, OrderedDictionary<string, StoredArray> arrays, ImmutableDictionary<string, string> metadata) : base(source, arrays) =>
        Metadata = metadata;

    /// <summary>The texts under <c>__metadata__</c>.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }
}
