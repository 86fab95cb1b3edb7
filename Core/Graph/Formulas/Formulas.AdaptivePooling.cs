using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Language.Keywords;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>
    /// So many windows along each of the last axes: the i-th of o windows on n elements reaches from ⌊i·n/o⌋ up to ⌈(i + 1)·n/o⌉. The
    /// first of tied maxima has the cotangent.
    /// </summary>
    /// <exception cref="ShapeException">There are fewer axes, or a length is not known that is no multiple of the count.</exception>
    public static Expr AdaptiveMaxPool(this Expr x, params IReadOnlyList<int> counts) => Adaptive(
        "adaptive_max_pool", x, counts, (y, windows) => y.MaxPool(windows), (y, axis) => y.Max([axis], keepDims: true, TieRule.First));

    /// <summary>The mean of the same windows.</summary>
    /// <inheritdoc cref="AdaptiveMaxPool"/>
    public static Expr AdaptiveAveragePool(this Expr x, params IReadOnlyList<int> counts) => Adaptive(
        "adaptive_avg_pool", x, counts, (y, windows) => y.AveragePool(windows), (y, axis) => y.Mean([axis], keepDims: true));

    private static Expr Adaptive(
        string name, Expr x, IReadOnlyList<int> counts, Func<Expr, IReadOnlyList<PoolWindow>, Expr> pool, Func<Expr, int, Expr> reduce)
    {
        var lead = x.Rank - counts.Count;
        if (lead < 0 || counts.Any(c => c < 1)) throw Refusal.Of(name, [x], $"{Tuple(counts)} windows need as many axes and at least 1 window on each", Origin.Here());
        var tiles = counts.Select((c, i) => Dim.Divide(x.Shape[lead + i], c)?.Value).ToList();
        if (!tiles.Contains(null) && !tiles.Contains(0))
            return Definition.Apply(name, [x], p => pool(p[0], [.. tiles.Select(t => (PoolWindow)(int)t!.Value)]), Tuple(counts));
        var open = x.Shape.Dims[lead..].FirstOrDefault(d => d.Value is not > 0);
        if (open is not null) throw Refusal.Of(name, [x], $"the length {open} must be a number, at least 1, for {Tuple(counts)} windows", Origin.Here());
        // From the last axis to the first, so that of tied maxima the first in row-major order is found.
        return Definition.Apply(name, [x], p => Enumerable.Range(0, counts.Count).Reverse().Aggregate(p[0], (y, i) =>
            Concatenate(Enumerable.Range(0, counts[i]).Select(w => reduce(y.Slice(lead + i, AdaptiveWindow(w, x.Shape[lead + i].Value!.Value, counts[i])), lead + i)), lead + i)), Tuple(counts));
    }

    private static StridedRange AdaptiveWindow(int i, long length, int count) =>
        i * length / count is var start ? new(start, ((i + 1) * length + count - 1) / count - start) : default;
}
