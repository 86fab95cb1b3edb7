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
    /// The first that a root has numbers from; else the first at all, which did no harm. What nothing made counts only where nothing else was made: variables,
    /// then constants of the graph, as an infinite border or mask is meant, and is no trouble by itself.
    /// </summary>
    public (NonFinite? First, bool Reaches, ImmutableArray<NonFinite> Given) First(IEnumerable<Expr> roots)
    {
        var reached = Traversal.Topological(roots.Where(Has), n => [.. _from.GetValueOrDefault(n, [])]).ToHashSet();
        var reaching = _made.Where(s => reached.Contains(s.Outermost)).OrderBy(Rank).ToImmutableArray();
        ImmutableArray<NonFinite> given = [.. _made.Where(s => s.Node.Op is Op.Variable)];
        return reaching is [var source, ..] ? (source, true, given) : (_made.OrderBy(Rank).FirstOrDefault(s => Rank(s) < 2), false, given);
    }

    /// <summary>A stable sort by it keeps the order of computation.</summary>
    private static int Rank(NonFinite source) => source.Outermost.Op switch { Op.Literal or Op.Constant => 2, Op.Variable => 1, _ => 0 };
}
