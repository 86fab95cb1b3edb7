using System.Collections.Immutable;

namespace AutoDiffAE.Graph;

/// <summary>Walks over a graph in topological order, without recursion: shared nodes are met once and depth costs no stack.</summary>
public static class Traversal
{
    /// <summary>All nodes that the roots depend on, each after its arguments.</summary>
    public static ImmutableArray<Expr> Topological(IEnumerable<Expr> roots) => Topological(roots, e => e.Args);

    /// <summary>The same where the walk ends at some nodes: these are met, and what they are computed from is not.</summary>
    public static ImmutableArray<Expr> Topological(IEnumerable<Expr> roots, Func<Expr, bool> ends) => Topological(roots, e => ends(e) ? [] : e.Args);

    /// <summary>The same when a node depends on others than its arguments.</summary>
    /// <param name="roots">The roots.</param>
    /// <param name="needs">What a node depends on.</param>
    /// <param name="expected">About how many nodes there are.</param>
    internal static ImmutableArray<Expr> Topological(IEnumerable<Expr> roots, Func<Expr, ImmutableArray<Expr>> needs, int expected = 0)
    {
        var order = ImmutableArray.CreateBuilder<Expr>(expected);
        var seen = new HashSet<Expr>(expected);
        var pending = new Stack<(Expr Node, bool ArgsDone)>();
        foreach (var root in roots)
        {
            pending.Push((root, false));
            while (pending.TryPop(out var item))
            {
                if (item.ArgsDone) order.Add(item.Node);
                else if (seen.Add(item.Node))
                {
                    pending.Push((item.Node, true));
                    var needed = needs(item.Node);
                    for (var i = needed.Length - 1; i >= 0; i--)
                        if (!seen.Contains(needed[i])) pending.Push((needed[i], false));
                }
            }
        }
        return order.DrainToImmutable();
    }

    /// <summary>The variables that the roots depend on, in the order in which they are met.</summary>
    public static IEnumerable<Expr> Variables(IEnumerable<Expr> roots) => Topological(roots).Where(e => e.Op is Op.Variable);

    /// <summary>Rebuilds the graph bottom-up: <paramref name="rebuild"/> sees each node once, with its arguments rebuilt already.</summary>
    public static ImmutableArray<Expr> Rebuild(IEnumerable<Expr> roots, Func<Expr, ImmutableArray<Expr>, Expr> rebuild)
    {
        ImmutableArray<Expr> all = [.. roots];
        return Rebuild(all, Topological(all), rebuild);
    }

    /// <summary>The same where the graph's order is known; what the nodes at its ends are computed from is not in it.</summary>
    internal static ImmutableArray<Expr> Rebuild(ImmutableArray<Expr> roots, ImmutableArray<Expr> order, Func<Expr, ImmutableArray<Expr>, Expr> rebuild, Func<Expr, bool>? ends = null)
    {
        var rebuilt = new Dictionary<Expr, Expr>(order.Length);
        foreach (var node in order) rebuilt.Add(node, rebuild(node, ends?.Invoke(node) == true ? node.Args : Rebuilt(node.Args, rebuilt)));
        return [.. roots.Select(r => rebuilt[r])];
    }

    private static ImmutableArray<Expr> Rebuilt(ImmutableArray<Expr> args, Dictionary<Expr, Expr> rebuilt)
    {
        foreach (var arg in args)
            if (rebuilt[arg] != arg) return [.. args.Select(a => rebuilt[a])];
        return args;
    }

    /// <summary>Replaces whole nodes.</summary>
    public static ImmutableArray<Expr> Substitute(IEnumerable<Expr> roots, IReadOnlyDictionary<Expr, Expr> replacements) =>
        Rebuild(roots, (node, args) => replacements.TryGetValue(node, out var other) ? other : node.With(args));

    /// <summary>Replaces whole nodes, where what they are computed from need not be walked.</summary>
    /// <param name="roots">The graphs.</param>
    /// <param name="other">What takes a node's place; null where it stays.</param>
    public static ImmutableArray<Expr> Replace(ImmutableArray<Expr> roots, Func<Expr, Expr?> other) =>
        Rebuild(roots, Topological(roots, e => other(e) is not null), (node, args) => other(node) ?? node.With(args), e => other(e) is not null);
}
