using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>The expressions of a graph that grows, in place of new variables.</summary>
internal sealed class Pool(Draw d, IReadOnlyDictionary<string, long> sizes)
{
    private const int MostElements = 48;
    private const int MostAxes = 5;

    private readonly List<Expr> _expressions = [];

    public void Offer(Expr e)
    {
        if (e.Rank <= MostAxes && Count(e) is > 0 and <= MostElements) _expressions.Add(e);
    }

    /// <summary>The lengths of an expression that is there, each a number or a name.</summary>
    public Length[]? Lengths(int lowRank, int highRank, int most)
    {
        var fitting = _expressions.Where(e => e.Rank >= lowRank && e.Rank <= highRank && Count(e) <= most
            && e.Shape.All(l => l.Value is not null || l.Name is not null)).ToList();
        return fitting.Count == 0 ? null : [.. Recent(fitting).Shape.Select(l => new Length(l, (int)l.Evaluate(sizes)))];
    }

    /// <summary>An expression of the lengths: one that is there, a stretch of one, or a new variable scaled by one.</summary>
    public Expr Take(IReadOnlyList<Length> lengths, Tensor<double>? values)
    {
        var e = OfShape(lengths, values);
        // Between the extremes of the values asked for, which lie in the domain. What leaves it without that is given up later.
        if (values is null || d.Coin()) return e;
        var (low, high) = (values.Span.ToArray().Min(), values.Span.ToArray().Max());
        return low == high ? e : low + (high - low) * e.Sigmoid();
    }

    private Expr OfShape(IReadOnlyList<Length> lengths, Tensor<double>? values)
    {
        var shape = lengths.Shape();
        var same = _expressions.Where(e => e.Shape == shape).ToList();
        if (same.Count > 0) return Recent(same);
        var count = lengths.Sizes().Aggregate(1, (a, b) => a * b);
        var larger = shape.IsConcrete ? _expressions.Where(e => e.Shape.IsConcrete && Count(e) >= count).ToList() : [];
        return larger.Count > 0 ? Recent(larger).Flatten(0).Slice(new StridedRange(0, count)).Reshape(shape)
            : _expressions.Count > 0 && d.Coin() ? d.Fresh(lengths, values) * (0.75 + 0.25 * Recent(_expressions).Mean().Tanh())
            : d.Fresh(lengths, values);
    }

    /// <summary>Rather one of the last: graphs become deep.</summary>
    private Expr Recent(List<Expr> among) => among[Math.Max(d.Int(0, among.Count - 1), d.Int(0, among.Count - 1))];

    private long Count(Expr e) => e.Shape.Size.Evaluate(sizes);
}
