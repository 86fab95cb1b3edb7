using System.Collections.Immutable;

namespace AutoDiffAE.Exchange;

/// <summary>A model as ONNX describes one: nodes in an order in which each finds its inputs, and the tensors that they share.</summary>
internal sealed record OnnxGraph(
    ImmutableArray<OnnxValue> Inputs,
    ImmutableArray<OnnxValue> Outputs,
    ImmutableArray<OnnxTensor> Initializers,
    ImmutableArray<OnnxNode> Nodes)
{
    /// <summary>Without the nodes and tensors on which no output depends.</summary>
    public OnnxGraph Pruned()
    {
        var needed = Outputs.Select(o => o.Name).ToHashSet();
        var nodes = new Stack<OnnxNode>();
        foreach (var node in Nodes.Reverse())
            if (node.Outputs.Any(needed.Contains))
            {
                nodes.Push(node);
                needed.UnionWith(node.Inputs);
            }
        return this with { Nodes = [.. nodes], Initializers = [.. Initializers.Where(t => needed.Contains(t.Name))] };
    }
}
