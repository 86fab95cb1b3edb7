using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>
/// Groups elementwise nodes that run in one pass. A node joins the group of its users when all of them are in that one group: then no
/// path leaves the group and comes back, so groups can never wait for each other. Results of the whole graph may be written from
/// within a group.
/// </summary>
internal sealed class Fusion
{
    /// <summary>Inlining runs out in very long bodies, so a group's weight is bounded.</summary>
    private const int HeaviestGroup = 160;

    private readonly Dictionary<Expr, int> _group = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, ImmutableArray<Expr>.Builder> _members = [];
    private readonly Dictionary<Expr, List<Expr>> _users = new(ReferenceEqualityComparer.Instance);

    public Fusion(ImmutableArray<Expr> order, Func<Expr, ImmutableArray<Expr>> reads, Func<Expr, bool> fuses, IReadOnlySet<Expr> roots)
    {
        var users = _users;
        foreach (var node in order) users[node] = [];
        foreach (var node in order)
            foreach (var arg in reads(node)) users[arg].Add(node);

        var weight = new Dictionary<int, int>();
        for (var i = order.Length - 1; i >= 0; i--)
        {
            if (order[i] is not { Op: Op.Map map } node || !fuses(node)) continue;
            var group = CommonGroup(users[node], node.Shape) is int common && weight[common] < HeaviestGroup ? common : i;
            _group[node] = group;
            weight[group] = weight.GetValueOrDefault(group) + Weight(map.Function);
            if (!_members.TryGetValue(group, out var members)) _members[group] = members = ImmutableArray.CreateBuilder<Expr>();
            members.Add(node);
        }
        Roots = roots;
    }

    private IReadOnlySet<Expr> Roots { get; }

    /// <summary>The group that is complete once this node is reached, its members in topological order; null for any other node.</summary>
    public ImmutableArray<Expr>? EndingAt(Expr node) => node.Op is Op.Map && _members[_group[node]][0] == node
        ? [.. Enumerable.Reverse(_members[_group[node]])]
        : null;

    /// <summary>The nodes that read this one.</summary>
    public IReadOnlyList<Expr> Users(Expr node) => _users[node];

    /// <summary>The groups, each with its members in topological order.</summary>
    public IEnumerable<ImmutableArray<Expr>> Groups => _members.Values.Select(m => Enumerable.Reverse(m).ToImmutableArray());

    /// <summary>The members whose values are wanted outside their group.</summary>
    public ImmutableArray<Expr> Results(ImmutableArray<Expr> group) => [.. group.Where(m => m == group[^1] || Roots.Contains(m))];

    /// <summary>A group's straight-line code and the nodes that it reads; a broadcast is read through, a literal is part of the code.</summary>
    /// <param name="group">The members.</param>
    /// <param name="first">What is read first, where that matters.</param>
    public (Body Body, ImmutableArray<Expr> Reads) Lower(ImmutableArray<Expr> group, Expr? first = null)
    {
        List<Expr> reads = first is null ? [] : [first];
        var position = group.Select((m, i) => (m, i)).ToDictionary(p => p.m, p => p.i, (IEqualityComparer<Expr>)ReferenceEqualityComparer.Instance);

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

        var instructions = group.Select(m => new Instruction(((Op.Map)m.Op).Function, m.Args.Select(OperandOf).ToSequence())).ToSequence();
        var results = Results(group).Select(m => (Operand)new Operand.Result(position[m])).ToSequence();
        return (new Body(reads.Count, instructions, results), [.. reads]);
    }

    private int? CommonGroup(List<Expr> users, Shape shape)
    {
        if (users.Count == 0 || users.Any(u => !_group.ContainsKey(u) || u.Shape != shape)) return null;
        var group = _group[users[0]];
        return users.TrueForAll(u => _group[u] == group) ? group : null;
    }

    private static int Weight(ScalarFunction f) => f.Name is "add" or "sub" or "mul" or "div" or "neg" or "square" or "maximum" or "minimum" ? 1 : 8;
}
