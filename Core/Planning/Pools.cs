using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>The maxima over tiling windows in a graph, found from who uses what.</summary>
internal sealed class Pools
{
    /// <summary>Vectors lie along a convolution's filters.</summary>
    private const int FewestFilters = 16;

    public static readonly Pools None = new([], new HashSet<Expr>());

    private readonly Dictionary<Expr, Pool> _pools = [];
    private readonly Dictionary<Expr, List<Expr>> _users = [];
    private readonly IReadOnlySet<Expr> _roots;

    public Pools(IReadOnlyList<Expr> order, IReadOnlySet<Expr> roots)
    {
        _roots = roots;
        if (!order.Any(e => e.Op is Op.Maximum or Op.MaximumIndicator)) return;
        foreach (var node in order) _users[node] = [];
        foreach (var node in order)
            foreach (var arg in node.Args) _users[arg].Add(node);
        foreach (var node in order)
            if (node.Op is Op.Maximum m && Of(node, m.Axes) is { } pool)
                foreach (var written in pool.Written) _pools[written] = pool;
        // A gradient may be asked for without the maxima.
        foreach (var node in order)
            if (node.Op is Op.MaximumIndicator i && !_pools.ContainsKey(node) && !_users[node.Args[0]].Exists(u => u.Op is Op.Maximum)
                && Of(Expr.Of(new Op.Maximum(i.Axes, i.Ties), node.Args, node.Origin), i.Axes) is { } pool)
                foreach (var written in pool.Written) _pools[written] = pool with { Once = pool.Convolution is null && _users[node].Count == 1 };
    }

    /// <summary>The pool of which this is the maximum or the indicator.</summary>
    public Pool? At(Expr node) => _pools.GetValueOrDefault(node);

    /// <summary>The pool at whose places this product of the chain rule puts a cotangent.</summary>
    public Pool? AtChain(Expr node) => node is { Op: Op.Map { Function: var f }, Args: [_, { Op: Op.MaximumIndicator } indicator] } && f.Type == typeof(Chain) ? At(indicator) : null;

    private Pool? Of(Expr maximum, Axes axes)
    {
        var windows = maximum.Args[0];
        if (windows.Rank != 6 || !axes.SequenceEqual([3, 5]) || windows.Shape[3].Value is not (>= 1 and <= 16 and var height) || windows.Shape[5].Value is not (>= 1 and <= 16 and var width)) return null;
        var indicators = _users[windows].Where(u => u.Op is Op.MaximumIndicator).ToList();
        var indicator = indicators.FirstOrDefault();
        if (indicators.Count > 1 || _users[windows].Count(u => u.Op is Op.Maximum) > 1 || indicator is not null && !(width == 2 && IsPlaced(indicator, axes))) return null;
        var source = _users[windows].TrueForAll(u => u == maximum || u == indicator) && !_roots.Contains(windows) ? Source(windows) : null;
        return source is null && indicator is null && width != 2 ? null : new(maximum, indicator, windows, (int)height, (int)width, source);
    }

    /// <summary>Whether an indicator has one 1 a window, and only multiplies values that are one for each window.</summary>
    private bool IsPlaced(Expr indicator, Axes axes) => indicator.Op is Op.MaximumIndicator { Ties: TieRule.First } op && op.Axes.Equals(axes) && !_roots.Contains(indicator)
        && _users[indicator].TrueForAll(u => u is { Op: Op.Map { Function: var f }, Args: [{ Op: Op.BroadcastTo, Args: [var dy] }, var second] } && f.Type == typeof(Chain) && second == indicator
            && dy.Shape == new Shape([.. indicator.Shape.Select((d, i) => axes.Contains(i) ? 1 : d)]));

    /// <summary>The convolution whose output, split in windows, this is, with a bias added or without.</summary>
    private PooledSource? Source(Expr windows) => windows is { Op: Op.Reshape, Args: [var y] } && IsSplit(y, windows) && Alone(y) ? y switch
    {
        { Op: Op.Convolution } => Serves(y) ? new(y, null) : null,
        { Op: Op.Map { Function: var f }, Args: [var conv, { Op: Op.BroadcastTo, Args: [var bias] }] } when f.Type == typeof(Add) && Alone(conv) && Serves(conv) && IsPerFilter(bias, y) => new(conv, bias),
        _ => null,
    } : null;

    private static bool IsSplit(Expr y, Expr windows) => y.Rank == 4 && y.Shape[0] == windows.Shape[0] && y.Shape[1] == windows.Shape[1]
        && y.Shape[2] == windows.Shape[2] * windows.Shape[3] && y.Shape[3] == windows.Shape[4] * windows.Shape[5];

    private bool Alone(Expr e) => _users[e].Count == 1 && !_roots.Contains(e);

    private static bool Serves(Expr conv) => conv.Op is Op.Convolution { Open: Leg.Output, Form: { Groups: 1, SpatialRank: 2 } } && conv.Shape[1].AtLeast(FewestFilters) == true;

    private static bool IsPerFilter(Expr bias, Expr y) => bias.Shape.Size == y.Shape[1] && bias.Rank >= 3 && bias.Shape[bias.Rank - 3] == y.Shape[1];
}
