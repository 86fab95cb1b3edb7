using System.Collections.Immutable;

namespace AutoDiffAE.Reading;

/// <summary>
/// A drawing of a directed graph without cycles in layers from top to bottom, after Sugiyama: a node stands below all that it follows, an edge over several
/// layers goes by waypoints between the nodes of each, few edges cross, and each node is near the middle of its neighbours. The time is linear in the nodes,
/// edges and waypoints but for sorting within layers; an edge over more than <see cref="LongestWay"/> layers has no waypoints.
/// </summary>
/// <param name="Boxes">The place of each node.</param>
/// <param name="Edges">The points of each edge from the lower side of one box to the upper side of another, from top to bottom.</param>
/// <param name="Width">Of all, from 0.</param>
/// <param name="Height">Of all, from 0.</param>
internal sealed record LayeredLayout(ImmutableArray<LayoutBox> Boxes, ImmutableArray<ImmutableArray<LayoutPoint>> Edges, double Width, double Height)
{
    internal const int LongestWay = 32;

    internal const double Gap = 22, LayerGap = 42;

    /// <summary>Lays a graph out.</summary>
    /// <param name="sizes">The size of each node, all positive.</param>
    /// <param name="edges">Pairs of nodes, each from a lower number to a higher: the numbers are a topological order.</param>
    /// <exception cref="ArgumentException">An edge goes from a higher number to a lower.</exception>
    public static LayeredLayout Of(ImmutableArray<(double Width, double Height)> sizes, ImmutableArray<(int From, int To)> edges)
    {
        if (edges.FirstOrDefault(e => e.From >= e.To) is var wrong && wrong != default) throw new ArgumentException($"the edge from {wrong.From} to {wrong.To} goes against the order");
        var layers = Layers.Of(sizes, edges);
        var order = LayerOrder.Of(layers);
        var (centres, width) = LayerPlaces.Of(layers, order);
        var (tops, height) = Tops(layers);
        ImmutableArray<LayoutBox> boxes = [.. sizes.Select((s, i) => new LayoutBox(centres[i] - s.Width / 2, tops[layers.LayerOf[i]] + (layers.Heights[layers.LayerOf[i]] - s.Height) / 2, s.Width, s.Height))];
        return new(boxes, Ways(layers, boxes, centres, tops, edges), width, height);
    }

    private static (double[] Tops, double Height) Tops(Layers layers)
    {
        var tops = new double[layers.Heights.Length];
        for (var i = 1; i < tops.Length; i++) tops[i] = tops[i - 1] + layers.Heights[i - 1] + LayerGap;
        return (tops, tops.Length == 0 ? 0 : tops[^1] + layers.Heights[^1]);
    }

    private static ImmutableArray<ImmutableArray<LayoutPoint>> Ways(Layers layers, ImmutableArray<LayoutBox> boxes, double[] centres, double[] tops, ImmutableArray<(int From, int To)> edges)
    {
        // Edges into a node arrive beside each other, in the order in which they come.
        var ports = new double[edges.Length];
        foreach (var group in edges.Select((e, i) => (e.To, Edge: i, From: centres[layers.Ways[i] is [.., var last] ? last : e.From])).GroupBy(e => e.To))
        {
            var sorted = group.OrderBy(e => e.From).ThenBy(e => e.Edge).ToList();
            for (var i = 0; i < sorted.Count; i++) ports[sorted[i].Edge] = boxes[group.Key].X + boxes[group.Key].Width * (0.25 + 0.5 * (i + 0.5) / sorted.Count);
        }
        return [.. edges.Select((e, i) => (ImmutableArray<LayoutPoint>)
        [
            new(boxes[e.From].X + boxes[e.From].Width / 2, boxes[e.From].Bottom),
            .. layers.Ways[i].SelectMany(w => new LayoutPoint[] { new(centres[w], tops[layers.LayerOf[w]]), new(centres[w], tops[layers.LayerOf[w]] + layers.Heights[layers.LayerOf[w]]) }),
            new(ports[i], boxes[e.To].Y),
        ])];
    }
}

/// <summary>The place of a node, y downwards.</summary>
internal readonly record struct LayoutBox(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;
}

/// <summary>A point, y downwards.</summary>
internal readonly record struct LayoutPoint(double X, double Y);
