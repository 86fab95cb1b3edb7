using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Tracing;

/// <summary>The nodes that made numbers that are not finite, and the ways on which these went on.</summary>
internal sealed class Sources
{
    private readonly List<NonFinite> _made = [];
    private readonly Dictionary<Expr, HashSet<Expr>> _from = [];

    public void Made(NonFinite source)
    {
        _made.Add(source);
        _from.TryAdd(source.Outermost, []);
    }

    /// <summary>Some of a node's numbers are not finite because others are not.</summary>
    public void Passed(Expr node, IEnumerable<Expr> from)
    {
        if (!_from.TryGetValue(node, out var known)) _from.Add(node, known = []);
        known.UnionWith(from);
    }

    public bool Has(Expr node) => _from.ContainsKey(node);

    /// <summary>
    /// The first that a root has numbers from, a constant of the graph last, as an infinite border or mask is meant; else the first at all, but for such
    /// constants, which did no harm.
    /// </summary>
    public (NonFinite? First, bool Reaches) First(IEnumerable<Expr> roots)
    {
        var reached = Traversal.Topological(roots.Where(Has), n => [.. _from.GetValueOrDefault(n, [])]).ToHashSet();
        var reaching = _made.Where(s => reached.Contains(s.Outermost)).ToImmutableArray();
        return (reaching.FirstOrDefault(s => !IsConstant(s)) ?? reaching.FirstOrDefault()) is { } source
            ? (source, true)
            : (_made.FirstOrDefault(s => !IsConstant(s)), false);
    }

    private static bool IsConstant(NonFinite source) => source.Outermost.Op is Op.Literal or Op.Constant;
}
