using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Layers;

/// <summary>
/// A layer applied to other nodes: <c>layer.On("name", node…)</c>. Nodes are immutable and point backwards, so they are an acyclic graph however
/// they are used; a <see cref="Network"/> is made of some of them, and one node may serve several networks.
/// </summary>
public sealed class Node
{
    private static long _count;

    internal Node(string name, BoundLayer layer, ImmutableArray<Node> inputs) => (Name, Layer, Inputs) = (name, layer, inputs);

    public string Name { get; }

    /// <summary>The layer with its parameters; other nodes may apply the same one.</summary>
    public BoundLayer Layer { get; }

    /// <summary>What it is applied to; none for an input of the network.</summary>
    public ImmutableArray<Node> Inputs { get; }

    /// <summary>The shape of what it gives.</summary>
    public Shape Shape => Layer.Output;

    /// <summary>Nodes are described after those that they are applied to, so this order is a topological one.</summary>
    internal long Position { get; } = Interlocked.Increment(ref _count);

    /// <summary>These and all that they depend on, in the order of their description. What is given is not looked behind.</summary>
    internal static ImmutableArray<Node> Upstream(IEnumerable<Node> from, params IEnumerable<Node> given)
    {
        var (seen, ends, open) = (new HashSet<Node>(), given.ToHashSet(), new Stack<Node>(from));
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node) || ends.Contains(node)) continue;
            foreach (var input in node.Inputs) open.Push(input);
        }
        return [.. seen.OrderBy(n => n.Position)];
    }

    public override string ToString() => $"{Name} ({Layer.Layer.Kind}) {Shape}";
}
