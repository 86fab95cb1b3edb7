namespace AutoDiffAE.Reading;

/// <summary>
/// Where the nodes of each layer stand: again and again each layer is moved towards the middle of the neighbours of its nodes, as far as order and gaps
/// allow. That is least squares under an order, Σ wᵢ (xᵢ - dᵢ)² with xᵢ₊₁ - xᵢ ≥ sᵢ, solved exactly in linear time by pooling adjacent violators.
/// </summary>
internal static class LayerPlaces
{
    private const int Rounds = 12;

    private const double WayWeight = 3, SourceWeight = 0.02;

    public static (double[] Centres, double Width) Of(Layers layers, int[][] order)
    {
        var centres = new double[layers.Count];
        foreach (var layer in order) Pool(layer, layers, centres, _ => 0);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 1; i < order.Length; i++) Pool(order[i], layers, centres, n => Middle(layers.Above[n], layers, centres, n));
            for (var i = order.Length - 2; i >= 0; i--) Pool(order[i], layers, centres, n => Middle(layers.Below[n], layers, centres, n));
        }
        foreach (var layer in order) Pool(layer, layers, centres, n => Middle([.. layers.Above[n], .. layers.Below[n]], layers, centres, n));
        var left = Enumerable.Range(0, layers.Count).Select(i => centres[i] - layers.Widths[i] / 2).DefaultIfEmpty(0).Min();
        for (var i = 0; i < centres.Length; i++) centres[i] -= left;
        return (centres, Enumerable.Range(0, layers.Count).Select(i => centres[i] + layers.Widths[i] / 2).DefaultIfEmpty(0).Max());
    }

    /// <summary>The mean, in which a source counts for little: what is computed in turn stands in a line, and what is given at its side.</summary>
    private static double Middle(List<int> neighbours, Layers layers, double[] centres, int node)
    {
        var (sum, weight) = (0.0, 0.0);
        foreach (var n in neighbours)
        {
            var w = Weight(n, layers);
            (sum, weight) = (sum + w * centres[n], weight + w);
        }
        return weight == 0 ? centres[node] : sum / weight;
    }

    private static double Weight(int node, Layers layers) => layers.Above[node].Count == 0 ? SourceWeight : 1;

    private static void Pool(int[] layer, Layers layers, double[] centres, Func<int, double> wanted)
    {
        // With offsets o of the tightest packing subtracted, the constraint is that x - o does not fall.
        var offsets = new double[layer.Length];
        for (var i = 1; i < layer.Length; i++) offsets[i] = offsets[i - 1] + (layers.Widths[layer[i - 1]] + layers.Widths[layer[i]]) / 2 + LayeredLayout.Gap;
        var blocks = new Stack<(double Sum, double Weight, int Count)>();
        for (var i = 0; i < layer.Length; i++)
        {
            var weight = layers.Widths[layer[i]] < LayeredLayout.Gap ? WayWeight : Weight(layer[i], layers);
            var block = (Sum: weight * (wanted(layer[i]) - offsets[i]), Weight: weight, Count: 1);
            while (blocks.TryPeek(out var before) && before.Sum / before.Weight >= block.Sum / block.Weight)
            {
                blocks.Pop();
                block = (before.Sum + block.Sum, before.Weight + block.Weight, before.Count + block.Count);
            }
            blocks.Push(block);
        }
        var at = layer.Length;
        foreach (var (sum, weight, count) in blocks)
            for (var i = 0; i < count; i++) centres[layer[--at]] = sum / weight + offsets[at];
    }
}
