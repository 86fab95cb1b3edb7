using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Layers;

/// <summary>The rows of a network's table.</summary>
internal static class NetworkSummary
{
    public static ImmutableArray<LayerRow> Of(ImmutableArray<Node> nodes)
    {
        var (counted, fields) = (new HashSet<Expr>(), new Dictionary<Node, ImmutableArray<Reach>>());
        return [.. nodes.Select(node => new LayerRow(
            node.Name,
            node.Layer.Layer.Kind,
            node.Shape,
            node.Layer.Parameters.Where(p => p.IsLearned && counted.Add(p.Variable)).Sum(p => (long)p.Count),
            [.. node.Inputs.Select(i => i.Name)],
            Flop.Of(node.Layer),
            [.. (fields[node] = Seen(node, fields)).Select(r => r.Span)]))];
    }

    /// <summary>How far a place of a node's value reaches along an axis of the network's input, and how far the next place's reach is from it.</summary>
    private readonly record struct Reach(long Span, long Step)
    {
        public static readonly Reach Self = new(1, 1);

        /// <summary>A window over places that reach so far and stand so far apart.</summary>
        public Reach Through(TapAxis window) => new(Span + (window.Span - 1) * Step, Step * window.Stride);
    }

    /// <summary>Empty where it is all, or not known. Of several paths the widest counts; they have to keep step.</summary>
    private static ImmutableArray<Reach> Seen(Node node, Dictionary<Node, ImmutableArray<Reach>> fields)
    {
        if (node.Inputs.IsEmpty) return Whole(node.Shape);
        if (node.Layer.Layer.Field(node.Layer.Input) is not { } windows) return [];
        ImmutableArray<ImmutableArray<Reach>> paths = [.. node.Inputs.Select(i => fields.TryGetValue(i, out var known) ? known : Whole(i.Shape))];
        return paths.Any(p => p.Length != windows.Length || !p.Select(r => r.Step).SequenceEqual(paths[0].Select(r => r.Step)))
            ? []
            : [.. windows.Select((w, axis) => new Reach(paths.Max(p => p[axis].Span), paths[0][axis].Step).Through(w))];
    }

    private static ImmutableArray<Reach> Whole(Shape shape) => [.. Enumerable.Repeat(Reach.Self, Math.Max(0, shape.Rank - 2))];
}
