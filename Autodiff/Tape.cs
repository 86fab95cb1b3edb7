using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

/// <summary>One step of a derivation: this node, with this cotangent, by this rule gives its arguments these contributions.</summary>
/// <param name="Node">The value that is differentiated.</param>
/// <param name="Cotangent">∂cost/∂node, all contributions to it added up.</param>
/// <param name="Rule">The pullback's name.</param>
/// <param name="Contributions">What each argument receives; null where it is disconnected or nobody asks for it.</param>
public sealed record TapeStep(Expr Node, Expr Cotangent, string Rule, ImmutableArray<Expr?> Contributions);

/// <summary>
/// Reverse-mode differentiation as a value: the graph is walked once in reverse topological order, and each step is kept. What is
/// executed and what is read are this one derivation.
/// </summary>
/// <param name="Steps">From the cost back to the variables.</param>
/// <param name="Results">The cotangent of each expression asked for; null where the cost does not depend on it.</param>
public sealed record Tape(Expr Cost, ImmutableArray<Expr> Wrt, ImmutableArray<TapeStep> Steps, ImmutableArray<Expr?> Results)
{
    /// <summary>Differentiates ⟨seed, cost⟩ with respect to the given expressions, which need not be variables.</summary>
    /// <param name="cost">Any expression; of shape () when no seed is given.</param>
    /// <param name="wrt">Nodes of the graph at which the walk ends.</param>
    /// <param name="pullbacks">The table of rules; the standard one when none is given.</param>
    /// <param name="seed">The cotangent of the cost, of its shape; 1 when none is given.</param>
    /// <exception cref="ShapeException">The cost is no scalar and has no seed, or the seed's shape is another.</exception>
    public static Tape Of(Expr cost, IEnumerable<Expr> wrt, Pullbacks? pullbacks = null, Expr? seed = null)
    {
        ImmutableArray<Expr> targets = [.. wrt];
        if (seed is null && cost.Rank != 0)
            throw new ShapeException($"a cost of shape {cost.Shape} has no gradient until its cotangent is given: sum it, or pass a seed of that shape");
        if (seed is not null && seed.Shape != cost.Shape)
            throw new ShapeException($"the seed's shape {seed.Shape} is not the cost's {cost.Shape}");

        var order = Traversal.Topological([cost]);
        var active = Dependents(order, targets);
        var cotangents = new Dictionary<Expr, Expr>(ReferenceEqualityComparer.Instance);
        if (active.Contains(cost)) cotangents[cost] = seed ?? 1.0;
        var steps = ImmutableArray.CreateBuilder<TapeStep>();

        foreach (var node in order.Reverse())
        {
            if (node.Args.IsEmpty || !node.Args.Any(active.Contains) || !cotangents.TryGetValue(node, out var dy)) continue;
            var rule = node.Op.Match(pullbacks ?? Pullbacks.Standard);
            var contributions = rule.Contributions(node, dy);
            ImmutableArray<Expr?> kept = [.. node.Args.Select((arg, i) => active.Contains(arg) ? contributions[i] : null)];
            foreach (var (arg, contribution) in node.Args.Zip(kept))
                if (contribution is not null)
                    cotangents[arg] = cotangents.TryGetValue(arg, out var sum) ? sum + contribution : contribution;
            steps.Add(new TapeStep(node, dy, rule.Name, kept));
        }
        return new Tape(cost, targets, steps.ToImmutable(), [.. targets.Select(t => cotangents.GetValueOrDefault(t))]);
    }

    /// <summary>The nodes that depend on a target, the targets included: the others need no cotangent.</summary>
    private static HashSet<object> Dependents(ImmutableArray<Expr> order, ImmutableArray<Expr> targets)
    {
        var active = new HashSet<object>(targets, ReferenceEqualityComparer.Instance);
        foreach (var node in order)
            if (node.Args.Any(active.Contains)) active.Add(node);
        return active;
    }
}
