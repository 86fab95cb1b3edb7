using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>
/// Random well-typed graphs. They grow by any operation that has a sampler: what a sampler asks for as an input is an expression that the graph
/// has already. Afterwards all nodes are evaluated, and what is not finite, large or at a kink is left out with all that depends on it.
/// </summary>
public static class GraphDraw
{
    private const double Largest = 100;

    /// <param name="d">The decisions.</param>
    /// <param name="smooth">Whether the values keep away from kinks and jumps, so that differences and other precisions mean something.</param>
    /// <param name="evaluator">The compiler's values when none is given.</param>
    /// <returns>One or two expressions that share nodes.</returns>
    public static Expr[] Graph(Draw d, bool smooth, IEvaluator? evaluator = null) => Origin.OfText(() => Grown(d, smooth, evaluator ?? new Compiled<double>()));

    private static Expr[] Grown(Draw d, bool smooth, IEvaluator evaluator)
    {
        var pool = d.Growing();
        List<Expr> grown = [d.Input([d.Coin() ? d.Named() : d.Int(1, 4), d.Int(1, 4)])];
        for (var i = 0; i < 2 + 3 * d.Size; i++)
        {
            grown.Add(d.Pick(d.Coin() ? OpSamplers.All : ScalarSamplers.All).Build(d));
            pool.Offer(grown[^1]);
        }
        var kept = Kept(grown, d.Inputs, smooth, evaluator);
        return d.Coin() ? [kept[^1]] : [kept[^1], d.Pick(kept)];
    }

    /// <summary>Those whose every node has values that serve, with the definitions spelled out.</summary>
    private static List<Expr> Kept(List<Expr> grown, IReadOnlyList<Input> inputs, bool smooth, IEvaluator evaluator)
    {
        var expanded = Expanded(grown);
        var nodes = Traversal.Topological(expanded);
        var values = nodes.Zip(evaluator.Evaluate(nodes, [.. inputs.Select(i => (i.Variable, i.Value))]))
            .ToDictionary(p => p.First, p => p.Second, (IEqualityComparer<Expr>)ReferenceEqualityComparer.Instance);
        var serves = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        var moving = inputs.Where(i => i.Varies).Select(i => i.Variable).ToHashSet();
        foreach (var node in nodes)
        {
            if (node.Args.Any(moving.Contains)) moving.Add(node);
            if (node.Args.All(serves.Contains) && IsModest(values[node])
                && (!smooth || Smoothness.Holds(node, [.. node.Args.Select(a => values[a])], [.. node.Args.Select(moving.Contains)])))
                serves.Add(node);
        }
        return [.. grown.Where((_, i) => serves.Contains(expanded[i]))];
    }

    private static bool IsModest(Tensor<double> x) => x.Span.ToArray().All(v => Math.Abs(v) <= Largest);

    private static ImmutableArray<Expr> Expanded(IEnumerable<Expr> roots) => Traversal.Rebuild(roots, (node, args) =>
        node.Op is Op.Call { Definition: var definition } ? Expanded([definition.Expand(args)])[0] : node.With(args));
}
