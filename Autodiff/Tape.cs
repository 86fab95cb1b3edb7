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
/// <param name="Seeds">The costs with their cotangents.</param>
/// <param name="Steps">From the costs back to the variables.</param>
/// <param name="Results">The cotangent of each expression asked for; null where no cost depends on it.</param>
public sealed record Tape(ImmutableArray<Seed> Seeds, ImmutableArray<Expr> Wrt, ImmutableArray<TapeStep> Steps, ImmutableArray<Expr?> Results)
{
    /// <summary>Differentiates ⟨seed, cost⟩ with respect to the given expressions, which need not be variables.</summary>
    /// <param name="cost">Any expression; of shape () when no seed is given.</param>
    /// <param name="wrt">Nodes of the graph at which the walk ends.</param>
    /// <param name="pullbacks">The table of rules; the standard one when none is given.</param>
    /// <param name="seed">The cotangent of the cost, of its shape; 1 when none is given.</param>
    /// <exception cref="ShapeException">The cost is no scalar and has no seed, or the seed's shape is another.</exception>
    public static Tape Of(Expr cost, IEnumerable<Expr> wrt, Pullbacks? pullbacks = null, Expr? seed = null) =>
        Of([new Seed(cost, seed)], wrt, GradientOptions.Default with { Pullbacks = pullbacks ?? Pullbacks.Standard });

    /// <summary>Differentiates Σ ⟨cotangent, node⟩ over the costs, from the known cotangents on and up to the nodes to stop at.</summary>
    public static Tape Of(IEnumerable<Seed> costs, IEnumerable<Expr> wrt, GradientOptions options)
    {
        ImmutableArray<Seed> seeds = [.. costs];
        ImmutableArray<Expr> targets = [.. wrt];
        // A table of the user's own builds on lines of its own.
        return options.Pullbacks == Pullbacks.Standard ? Origin.OfCall(() => Walked(seeds, targets, options)) : Walked(seeds, targets, options);
    }

    private static Tape Walked(ImmutableArray<Seed> seeds, ImmutableArray<Expr> targets, GradientOptions options)
    {
        var known = options.Known.Select(k => k.Node).ToHashSet();
        var ends = options.StopAt.ToHashSet();
        var order = Traversal.Topological(seeds.Concat(options.Known).Select(s => s.Node));
        var active = Dependents(order, targets, ends);
        var cotangents = options.Known.ToDictionary(k => k.Node, k => k.Cotangent);
        void Add(Expr node, Expr contribution) =>
            cotangents[node] = cotangents.TryGetValue(node, out var sum) ? sum + contribution : contribution;
        foreach (var seed in seeds.Where(s => active.Contains(s.Node) && !known.Contains(s.Node))) Add(seed.Node, seed.Cotangent);
        var steps = ImmutableArray.CreateBuilder<TapeStep>();

        foreach (var node in order.Reverse())
        {
            if (ends.Contains(node) || !node.Args.Any(active.Contains) || !cotangents.TryGetValue(node, out var dy)) continue;
            var rule = node.Op.Match(options.Pullbacks);
            steps.Add(Origin.Deriving(new Derived(node, rule.Name, steps.Count + 1), () =>
            {
                var contributions = rule.Contributions(node, dy);
                ImmutableArray<Expr?> kept = [.. node.Args.Select((arg, i) => active.Contains(arg) && !known.Contains(arg) ? contributions[i] : null)];
                foreach (var (arg, contribution) in node.Args.Zip(kept))
                    if (contribution is not null) Add(arg, contribution);
                return new TapeStep(node, dy, rule.Name, kept);
            }));
        }
        return new Tape(seeds, targets, steps.ToImmutable(), [.. targets.Select(t => cotangents.GetValueOrDefault(t))]);
    }

    /// <summary>The nodes that depend on a target, the targets included: the others need no cotangent.</summary>
    private static HashSet<Expr> Dependents(ImmutableArray<Expr> order, ImmutableArray<Expr> targets, HashSet<Expr> ends)
    {
        HashSet<Expr> active = [.. targets];
        foreach (var node in order)
            if (!ends.Contains(node) && node.Args.Any(active.Contains)) active.Add(node);
        return active;
    }
}
