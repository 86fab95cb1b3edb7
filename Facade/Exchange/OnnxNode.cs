using System.Collections.Immutable;

namespace AutoDiffAE.Exchange;

/// <summary>One operation of an ONNX graph: names of values in, names of values out. A value that is not wanted has an empty name.</summary>
internal sealed record OnnxNode(string Operation, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, ImmutableArray<OnnxAttribute> Attributes)
{
    /// <summary>The same with names replaced.</summary>
    public OnnxNode Renamed(IReadOnlyDictionary<string, string> names) => this with
    {
        Inputs = [.. Inputs.Select(n => names.GetValueOrDefault(n, n))],
        Outputs = [.. Outputs.Select(n => names.GetValueOrDefault(n, n))],
    };
}
