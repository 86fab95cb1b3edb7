using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>
/// Groups nodes that run in one pass. An elementwise node joins the group of its users when all of them are in that one group: then no
/// path leaves the group and comes back. Then groups over the same shape are merged where they read the same large value or one what the
/// other makes, and no path goes from one to the other through a third; a reduction of such a value is a group too, and
/// has its result when the pass is over. Any value may be written from within a group.
/// </summary>
internal sealed class Fusion
{
    /// <summary>Inlining runs out in very long bodies, so a group's weight is bounded.</summary>
    private const int HeaviestGroup = 160;

    /// <summary>Passes over fewer elements take less time than the code of one more body takes to make.</summary>
    private const int FewestElements = 512;

    /// <summary>A value of so few operations on one large value is made again wherever it is read.</summary>
    private const int MostRepeated = 4;

    /// <summary>Of the groups that read a value, so many neighbours are tried with each other.</summary>
    private const int Neighbours = 4;

    private readonly ImmutableArray<Expr> _order;
    private readonly Dictionary<Expr, int> _place = [];
    private readonly Func<Expr, ImmutableArray<Expr>> _reads;
    private readonly ImmutableArray<int[]> _users;
    private readonly IReadOnlySet<Expr> _roots;
    private readonly Units _units;
    private readonly Func<Expr, Lowered> _lower;

    // What is asked for again and again once the groups are made: the members of each, and its results by its last member.
    private readonly Dictionary<Unit, ImmutableArray<Expr>> _nodes = [];
    private readonly Dictionary<Expr, ImmutableArray<Expr>> _results = [];

    // Values that are made again where they are read: by these operations, from this one that is stored.
    private readonly Dictionary<int, (ImmutableArray<int> Made, int From)> _repeated = [];

    /// <param name="order">The graph.</param>
    /// <param name="reads">What each node is computed from.</param>
    /// <param name="lower">How each node comes to be.</param>
    /// <param name="roots">What is wanted of the whole graph.</param>
    /// <param name="merge">Whether nodes join groups and groups are merged, reductions with them; if not, each node is computed by itself.</param>
    public Fusion(ImmutableArray<Expr> order, Func<Expr, ImmutableArray<Expr>> reads, Func<Expr, Lowered> lower, IReadOnlySet<Expr> roots, bool merge)
    {
        (_order, _reads, _roots, _lower) = (order, reads, roots, lower);
        for (var i = 0; i < order.Length; i++) _place[order[i]] = i;
        var users = order.Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < order.Length; i++)
            foreach (var arg in reads(order[i]))
                // What reads a value twice is one user.
                if (users[_place[arg]] is var all && (all.Count == 0 || all[^1] != i)) all.Add(i);
        _users = [.. users.Select(u => u.ToArray())];
        _units = new Units(Joined(merge, i => order[i].Op is Op.Map && lower(order[i]) is Lowered.Fused, i => merge && Reduces(order[i], lower) && IsLarge(order[i].Args[0].Shape)), _users, i => order[i].Op is not Op.Map);
        if (!merge) return;
        for (var i = 0; i < order.Length; i++)
            if (_units[i].Axes is not null) Merge(_units[_place[reads(order[i])[0]]], _units[i]);
        for (var i = 0; i < order.Length; i++) MergeReaders(i);
        for (var i = 0; i < order.Length; i++)
            if (IsWanted(order[i]) && Repeated(i) is { } again) _repeated[i] = again;
    }

    /// <summary>The nodes that run together with a node, in topological order; null where it runs by a step of its own.</summary>
    public ImmutableArray<Expr>? GroupOf(Expr node) => _units[_place[node]] is { Over: not null } unit && (unit.Members.Length > 1 || node.Op is Op.Map || _repeated.ContainsKey(_place[_reads(node)[0]]) || IsRead(_reads(node)[0]))
        ? Nodes(unit)
        : null;

    /// <summary>Whether a reduction reads this where it lies.</summary>
    private static bool IsRead(Expr node) => View.Of(node) is var (_, view) && view.KeepsRows(node.Shape);

    private ImmutableArray<Expr> Nodes(Unit unit) => _nodes.TryGetValue(unit, out var nodes) ? nodes : _nodes[unit] = [.. unit.Members.Select(m => _order[m])];

    /// <summary>All groups.</summary>
    public IEnumerable<ImmutableArray<Expr>> Groups => _order.Select(GroupOf).Where((group, i) => group?[^1] == _order[i]).Select(group => group!.Value).Where(group => !Results(group).IsEmpty);

    /// <summary>The nodes that read this one.</summary>
    public IEnumerable<Expr> Users(Expr node) => _users[_place[node]].Select(u => _order[u]);

    /// <summary>The graph's order in which a group's first member comes after all that the group reads.</summary>
    public ImmutableArray<Expr> Order(ImmutableArray<Expr> roots) => Traversal.Topological(roots, node =>
        GroupOf(node) is not { } group ? _reads(node)
        : node == group[^1] ? [.. Run(group).SelectMany(m => _reads(m)).Where(arg => _units[_place[arg]] != _units[_place[node]] && !_repeated.ContainsKey(_place[arg]))]
        : [group[^1]], _order.Length);

    /// <summary>The members whose values are wanted outside their group.</summary>
    public ImmutableArray<Expr> Results(ImmutableArray<Expr> group) =>
        _results.TryGetValue(group[^1], out var results) ? results : _results[group[^1]] = [.. group.Where(IsWanted)];

    /// <summary>A group's routine and the nodes that it reads; a broadcast is read through, a literal is part of the code.</summary>
    /// <param name="group">The members.</param>
    /// <param name="first">What is read first, where that matters.</param>
    public (Routine Routine, ImmutableArray<Expr> Reads) Lower(ImmutableArray<Expr> group, Expr? first = null)
    {
        List<Expr> reads = first is null ? [] : [first];
        ImmutableArray<Expr> maps = [.. Run(group).Where(m => m.Op is Op.Map)];
        var position = maps.Select((m, i) => (m, i)).ToDictionary(p => p.m, p => p.i);

        Operand OperandOf(Expr arg)
        {
            if (position.TryGetValue(arg, out var result)) return new Operand.Result(result);
            var source = arg.Op is Op.BroadcastTo ? arg.Args[0] : arg;
            if (source.Op is Op.Literal literal) return new Operand.Literal(literal.Value);
            var at = reads.IndexOf(source);
            if (at < 0)
            {
                at = reads.Count;
                reads.Add(source);
            }
            return new Operand.Read(at);
        }

        var instructions = maps.Select(m => new Instruction(((Op.Map)m.Op).Function, m.Args.Select(OperandOf).ToSequence())).ToSequence();
        var results = Results(group);
        var wanted = results.Select(m => OperandOf(m.Op is Op.Map ? m : m.Args[0])).ToSequence();
        var body = new Body(reads.Count, instructions, wanted);
        return (_units[_place[group[0]]].Axes is { } axes ? new Routine.Reduction(body, axes, results.Select(FoldOf).ToSequence()) : new Routine.Elementwise(body), [.. reads]);
    }

    /// <summary>What a group computes: its members and what it makes again of other groups' values, as far as its results ask for it.</summary>
    private IEnumerable<Expr> Run(ImmutableArray<Expr> group)
    {
        var asked = new SortedSet<int>(Results(group).Select(m => _place[m]));
        var unit = _units[_place[group[0]]];
        var open = new Stack<int>(asked);
        while (open.TryPop(out var m))
            foreach (var arg in _reads(_order[m]).Select(arg => _place[arg]))
                if (_units[arg] == unit)
                {
                    if (asked.Add(arg)) open.Push(arg);
                }
                else if (_repeated.TryGetValue(arg, out var again)) asked.UnionWith(again.Made);
        return asked.Select(m => _order[m]);
    }

    /// <summary>
    /// The operations that make a value out of one that is stored and is as large, where they are few and only groups over its shape read it. Reading
    /// the one is no dearer than reading the other, which then need not be stored.
    /// </summary>
    private (ImmutableArray<int> Made, int From)? Repeated(int node)
    {
        var shape = _order[node].Shape;
        if (_roots.Contains(_order[node]) || !IsLarge(shape) || !Array.TrueForAll(_users[node], u => shape.Equals(_units[u].Over))) return null;
        var (made, stored) = (new SortedSet<int>(), new HashSet<int>());
        var open = new Stack<int>([node]);
        while (open.TryPop(out var m))
        {
            if (_order[m].Op is Op.BroadcastTo || _order[m].Shape != shape) continue;
            if (_repeated.TryGetValue(m, out var again))
            {
                made.UnionWith(again.Made);
                stored.Add(again.From);
            }
            else if (_units[m] != _units[node]) stored.Add(m);
            else if (_order[m].Op is not Op.Map map || Weight(map.Function) > 1) return null;
            else if (made.Add(m))
                foreach (var arg in _reads(_order[m])) open.Push(_place[arg]);
            if (made.Count > MostRepeated || stored.Count > 1) return null;
        }
        return stored.Count == 1 ? ([.. made], stored.First()) : null;
    }

    private static Fold FoldOf(Expr result) => result.Op switch
    {
        Op.Sum => Fold.Sum,
        Op.Maximum => Fold.Maximum,
        _ => Fold.None,
    };

    private bool IsWanted(Expr node) =>
        node.Op is not Op.Map || _roots.Contains(node) || !_repeated.ContainsKey(_place[node]) && _users[_place[node]] is var users && (users.Length == 0 || users.Any(u => _units[u] != _units[_place[node]]));

    /// <summary>Elementwise nodes with the users that all run together; everything else alone.</summary>
    private IEnumerable<Unit> Joined(bool joined, Func<int, bool> fuses, Func<int, bool> reduces)
    {
        var group = new int?[_order.Length];
        var weight = new int[_order.Length];
        for (var i = _order.Length - 1; i >= 0; i--)
        {
            if (!fuses(i)) continue;
            var joins = joined && _users[i].Length > 0 && group[_users[i][0]] is int first && weight[first] < HeaviestGroup
                && Array.TrueForAll(_users[i], u => group[u] == first && _order[u].Shape == _order[i].Shape) ? first : i;
            group[i] = joins;
            weight[joins] += Weight(((Op.Map)_order[i].Op).Function);
        }
        return Enumerable.Range(0, _order.Length).GroupBy(i => group[i] ?? i).Select(g => group[g.Key] is null
            ? reduces(g.Key) ? new Unit([g.Key], _reads(_order[g.Key])[0].Shape, AxesOf(_order[g.Key]), 1) : Unit.Single(g.Key)
            : new Unit([.. g], _order[g.Key].Shape, null, weight[g.Key]));
    }

    private static bool Reduces(Expr node, Func<Expr, Lowered> lower) => node.Op is Op.Sum or Op.Maximum && lower(node) is Lowered.ByStep { Routine: Routine.Sum or Routine.Maximum };

    private static Axes AxesOf(Expr node) => node.Op is Op.Sum s ? s.Axes : ((Op.Maximum)node.Op).Axes;

    private static bool IsLarge(Shape shape) => shape.Aggregate((long?)1, (n, d) => n * d.Value) is not < FewestElements;

    /// <summary>Merges the groups that read a value and the one that makes it, where all are over its shape.</summary>
    private void MergeReaders(int node)
    {
        var shape = _order[node].Shape;
        if (_users[node].Length + (_units[node].Over is null ? 0 : 1) < 2 || !IsLarge(shape) || _order[node].Op is Op.BroadcastTo) return;
        List<Unit> readers = [.. _users[node].Prepend(node).Select(u => _units[u]).Where(u => shape.Equals(u.Over)).Distinct()];
        for (var i = 0; i < readers.Count; i++)
            for (var j = i + 1; j < Math.Min(readers.Count, i + Neighbours);)
                if (Merge(readers[i], readers[j]) is { } merged)
                {
                    readers[i] = merged;
                    readers.RemoveAt(j);
                }
                else j++;
    }

    private Unit? Merge(Unit a, Unit b) =>
        a != b && a.Over is not null && a.Over.Equals(b.Over) && (a.Axes is null || b.Axes is null || a.Axes.Equals(b.Axes))
        && a.Weight + b.Weight <= HeaviestGroup && (a.Axes is null && b.Axes is null || ReadsWhole(a, b) && !Follows(a) && !Follows(b))
            ? _units.Merge(a, b)
            : null;

    /// <summary>Whether a unit can follow a convolution that nothing else reads, element by element: worth more than to be one with a reduction.</summary>
    private bool Follows(Unit unit) => unit.Axes is null && unit.Members.Any(m => _reads(_order[m]).Any(read =>
    {
        var source = _lower(read) is Lowered.View && read.Args.Length == 1 ? read.Args[0] : read;
        return Epilogues.IsFollowed(_lower(source)) && !_roots.Contains(read) && Array.TrueForAll(_users[_place[read]], u => _units[u] == unit)
            && (source == read || _users[_place[source]].Length == 1 && !_roots.Contains(source));
    }));

    /// <summary>Whether a value of the whole shape is read: a reduction's sizes are found there.</summary>
    private bool ReadsWhole(Unit a, Unit b) => a.Members.Concat(b.Members).SelectMany(m => _reads(_order[m]))
        .Any(arg => arg.Shape.Equals(a.Over) && arg.Op is not Op.BroadcastTo && _units[_place[arg]] is var from && from != a && from != b);

    private static int Weight(ScalarFunction f) => f.Name is "add" or "sub" or "mul" or "div" or "neg" or "square" or "maximum" or "minimum" ? 1 : 8;
}
