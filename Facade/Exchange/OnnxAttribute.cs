using System.Collections.Immutable;

namespace AutoDiffAE.Exchange;

/// <summary>An attribute of a node: a whole number, or several. Those of the operations that are written have no other kinds.</summary>
internal abstract record OnnxAttribute(string Name)
{
    internal sealed record One(string Name, long Value) : OnnxAttribute(Name);

    internal sealed record Many(string Name, ImmutableArray<long> Values) : OnnxAttribute(Name);

    public static OnnxAttribute Of(string name, long value) => new One(name, value);

    public static OnnxAttribute Of(string name, IEnumerable<long> values) => new Many(name, [.. values]);

    public static OnnxAttribute Of(string name, IEnumerable<int> values) => Of(name, values.Select(v => (long)v));
}
