namespace AutoDiffAE.Data;

/// <summary>The arrays of a .npz file by name, in the order of the file.</summary>
public sealed class NpzFile : ArrayFile
{
    internal NpzFile(string source, OrderedDictionary<string, StoredArray> arrays) : base(source, arrays) { }
}
