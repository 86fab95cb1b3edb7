namespace AutoDiffAE.Reading;

/// <summary>The order of nodes within layers: each by the mean place of its neighbours, from top to bottom and back, and of all rounds the one with fewest crossings.</summary>
internal static class LayerOrder
{
    private const int Rounds = 8;

    public static int[][] Of(Layers layers)
    {
        var order = Enumerable.Range(0, layers.Count).GroupBy(i => layers.LayerOf[i]).OrderBy(g => g.Key).Select(g => g.ToArray()).ToArray();
        var place = new double[layers.Count];
        foreach (var layer in order) Number(layer, place);
        var (best, fewest) = (order, Crossings(layers, order, place));
        for (var round = 0; round < Rounds && fewest > 0; round++)
        {
            order = [.. order.Select(l => (int[])[.. l])];
            for (var i = 1; i < order.Length; i++) Sort(order[i], layers.Above, place);
            for (var i = order.Length - 2; i >= 0; i--) Sort(order[i], layers.Below, place);
            var crossings = Crossings(layers, order, place);
            if (crossings < fewest) (best, fewest) = (order, crossings);
        }
        return best;
    }

    private static void Number(int[] layer, double[] place)
    {
        for (var i = 0; i < layer.Length; i++) place[layer[i]] = i;
    }

    private static void Sort(int[] layer, List<int>[] neighbours, double[] place)
    {
        // Sorted by a stable sort: what has no neighbours keeps its place.
        var sorted = layer.OrderBy(n => neighbours[n].Count == 0 ? place[n] : neighbours[n].Average(m => place[m])).ToArray();
        sorted.CopyTo(layer, 0);
        Number(layer, place);
    }

    /// <summary>Inversions between the ends of links, layer by layer, counted with a Fenwick tree.</summary>
    private static long Crossings(Layers layers, int[][] order, double[] place)
    {
        var crossings = 0L;
        for (var i = 0; i + 1 < order.Length; i++)
        {
            var tree = new int[order[i + 1].Length + 1];
            var seen = 0;
            foreach (var node in order[i])
            {
                foreach (var to in layers.Below[node])
                {
                    crossings += seen;
                    for (var at = (int)place[to] + 1; at > 0; at -= at & -at) crossings -= tree[at];
                }
                foreach (var to in layers.Below[node])
                {
                    seen++;
                    for (var at = (int)place[to] + 1; at < tree.Length; at += at & -at) tree[at]++;
                }
            }
        }
        return crossings;
    }
}
