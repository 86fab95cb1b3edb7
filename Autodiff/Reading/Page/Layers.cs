using System.Collections.Immutable;

namespace AutoDiffAE.Reading;

/// <summary>The nodes of a graph by layers, with waypoints as nodes of their own behind them, so that each link leads to the next layer.</summary>
/// <param name="LayerOf">The layer of each node and waypoint.</param>
/// <param name="Widths">The width of each.</param>
/// <param name="Heights">The height of each layer.</param>
/// <param name="Ways">The waypoints of each edge, from top to bottom.</param>
/// <param name="Above">What each is linked to in the layer above.</param>
/// <param name="Below">What each is linked to in the layer below.</param>
internal sealed record Layers(
    ImmutableArray<int> LayerOf, ImmutableArray<double> Widths, ImmutableArray<double> Heights, ImmutableArray<ImmutableArray<int>> Ways, List<int>[] Above, List<int>[] Below)
{
    private const double WayWidth = 4;

    public int Count => LayerOf.Length;

    public static Layers Of(ImmutableArray<(double Width, double Height)> sizes, ImmutableArray<(int From, int To)> edges)
    {
        var layers = Longest(sizes.Length, edges);
        List<double> widths = [.. sizes.Select(s => s.Width)];
        var links = new List<(int From, int To)>();
        var ways = ImmutableArray.CreateBuilder<ImmutableArray<int>>(edges.Length);
        foreach (var (from, to) in edges)
        {
            var between = Enumerable.Range(layers[from] + 1, layers[to] - layers[from] - 1).ToList();
            if (between.Count > LayeredLayout.LongestWay) between.Clear();
            var last = from;
            var way = ImmutableArray.CreateBuilder<int>(between.Count);
            foreach (var layer in between)
            {
                way.Add(layers.Count);
                links.Add((last, layers.Count));
                last = layers.Count;
                layers.Add(layer);
                widths.Add(WayWidth);
            }
            if (layers[to] == layers[last] + 1) links.Add((last, to));
            ways.Add(way.DrainToImmutable());
        }
        var heights = new double[layers.DefaultIfEmpty(-1).Max() + 1];
        for (var i = 0; i < sizes.Length; i++) heights[layers[i]] = Math.Max(heights[layers[i]], sizes[i].Height);
        List<int>[] above = [.. layers.Select(_ => new List<int>())], below = [.. layers.Select(_ => new List<int>())];
        foreach (var (from, to) in links)
        {
            below[from].Add(to);
            above[to].Add(from);
        }
        return new([.. layers], [.. widths], [.. heights], ways.DrainToImmutable(), above, below);
    }

    /// <summary>The longest way from a source; then what makes no more edges longer than shorter by it moves down to those that follow it.</summary>
    private static List<int> Longest(int count, ImmutableArray<(int From, int To)> edges)
    {
        var (into, outOf) = (edges.ToLookup(e => e.To, e => e.From), edges.ToLookup(e => e.From, e => e.To));
        var layers = new int[count];
        for (var i = 0; i < count; i++)
            foreach (var from in into[i]) layers[i] = Math.Max(layers[i], layers[from] + 1);
        for (var i = count - 1; i >= 0; i--)
            if (outOf.Contains(i) && into[i].Count() <= outOf[i].Count()) layers[i] = outOf[i].Min(to => layers[to]) - 1;
        return [.. layers];
    }
}
