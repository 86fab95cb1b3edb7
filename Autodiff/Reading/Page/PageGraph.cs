using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>A derivation by numbers: its nodes in topological order, and the steps that they have.</summary>
/// <param name="Nodes">All that have names.</param>
/// <param name="Steps">The nodes that each step of the derivation differentiates, receives for and needs.</param>
internal sealed record PageGraph(Derivation Derivation, Valuation? Valuation, ImmutableArray<PageNode> Nodes, ImmutableArray<PageStep> Steps)
{
    /// <summary>What has more nodes is drawn around the node that is looked at, and listed as far as it is in sight.</summary>
    public const int MostDrawn = 240;

    public bool IsLarge => Nodes.Length > MostDrawn;

    /// <summary>The cost's number; the last where the cost is a number, which has no name.</summary>
    public int Cost { get; } = Nodes.Select((n, i) => (n.Node, i)).Where(p => p.Node == Derivation.Cost).Select(p => p.i).DefaultIfEmpty(Nodes.Length - 1).First();

    public ImmutableArray<(int From, int To)> Edges => [.. Nodes.SelectMany((n, i) => n.Args.Select(a => (a, i)))];

    public static PageGraph Of(Derivation derivation, Valuation? valuation)
    {
        ImmutableArray<Expr> order = [.. Traversal.Topological(derivation.Names.Keys).Where(derivation.Names.ContainsKey)];
        var number = order.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        var formulas = derivation.Forward.ToDictionary(f => f.Node, f => f.Formula);
        var stepOf = derivation.Steps.Select((s, i) => (s.Step.Node, i + 1)).ToDictionary(p => p.Node, p => p.Item2);
        var received = derivation.Steps.SelectMany(s => s.Equations).GroupBy(e => e.Target).ToDictionary(g => g.Key, g => string.Join(" + ", g.Select(e => e.Formula)));
        ImmutableArray<int> Known(IEnumerable<Expr> nodes) => [.. nodes.Where(number.ContainsKey).Select(n => number[n]).Distinct()];
        return new(derivation, valuation, [.. order.Select(n => new PageNode(
            n, derivation.Names[n], formulas.GetValueOrDefault(n), Known(n.Args), stepOf.GetValueOrDefault(n),
            derivation.Cotangents.GetValueOrDefault(n), derivation.Cotangents.GetValueOrDefault(n) is { } dn && received.TryGetValue(dn, out var sum) ? sum : n == derivation.Cost ? "1" : null,
            valuation?.Nodes.GetValueOrDefault(n)))],
            [.. derivation.Steps.Select(s => PageStep.Of(s, number, derivation))]);
    }
}

/// <summary>A node of the page.</summary>
/// <param name="Formula">How it is computed; null for a variable.</param>
/// <param name="Args">Its arguments that have names.</param>
/// <param name="Step">The number of the step that differentiates it, from 1; 0 where there is none.</param>
/// <param name="Cotangent">Its cotangent's name.</param>
/// <param name="Received">The sum of what its cotangent receives.</param>
/// <param name="InNumbers">Its value and cotangent.</param>
internal sealed record PageNode(Expr Node, string Name, string? Formula, ImmutableArray<int> Args, int Step, string? Cotangent, string? Received, NodeValue? InNumbers);
