using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// The form of a graph to which no rewrite of a table applies: arguments first, and what a rewrite makes is rewritten until nothing fires. Every
/// firing lowers <see cref="Measure"/>, so there is an end; every node is looked at once, so it is near.
/// </summary>
internal sealed class NormalForm(RuleTable rules, Known known, ImmutableArray<Firing>.Builder trace)
{
    private readonly Dictionary<Expr, Expr> _normal = [];

    // What a node was replaced by, of which the normal form is not known yet.
    private readonly Dictionary<Expr, Expr> _became = [];
    private readonly Dictionary<Expr, int> _uses = [];
    private readonly Stack<Expr> _pending = new();

    public ImmutableArray<Expr> Of(ImmutableArray<Expr> roots) => Of(roots, Traversal.Topological(roots));

    /// <param name="roots">What is wanted of the graph.</param>
    /// <param name="order">All of it, each node after its arguments.</param>
    public ImmutableArray<Expr> Of(ImmutableArray<Expr> roots, ImmutableArray<Expr> order)
    {
        _normal.EnsureCapacity(order.Length);
        _uses.EnsureCapacity(order.Length);
        foreach (var root in roots) Use(root, 1);
        foreach (var node in order)
            foreach (var arg in node.Args) Use(arg, 1);
        foreach (var root in roots) Settle(root);
        return [.. roots.Select(r => _normal[r])];
    }

    private void Settle(Expr root)
    {
        _pending.Push(root);
        while (_pending.TryPeek(out var node))
        {
            if (_normal.ContainsKey(node)) _pending.Pop();
            else if (_became.TryGetValue(node, out var next))
            {
                if (_normal.TryGetValue(next, out var normal)) _normal[node] = normal;
                else _pending.Push(next);
            }
            else if (ArgsAreNormal(node)) Step(node);
        }
    }

    private bool ArgsAreNormal(Expr node)
    {
        var all = true;
        for (var i = node.Args.Length - 1; i >= 0; i--)
            if (!_normal.ContainsKey(node.Args[i]))
            {
                _pending.Push(node.Args[i]);
                all = false;
            }
        return all;
    }

    /// <summary>The node becomes the one over normal arguments, then what a rewrite makes of that; or it is normal.</summary>
    private void Step(Expr node)
    {
        var here = known.Of(WithNormalArgs(node));
        if (here != node) Replace(node, here);
        else if (Fired(here) is { } after) Replace(here, after);
        else _normal[here] = here;
    }

    private Expr WithNormalArgs(Expr node)
    {
        foreach (var arg in node.Args)
            if (_normal[arg] != arg)
                return node.With([.. node.Args.Select(a => _normal[a])]);
        return node;
    }

    private void Replace(Expr node, Expr by)
    {
        _became[node] = by;
        Use(by, _uses.GetValueOrDefault(node, 1));
    }

    private Expr? Fired(Expr node) =>
        Fired(node, rules.At(node.Head)) ?? (node.Op is Op.Map ? Fired(node, rules.At(Rewrite.AnyFunction)) : null);

    private Expr? Fired(Expr node, ImmutableArray<Rewrite> tried)
    {
        foreach (var rule in tried)
        {
            if (rule.Apply(node) is not { } made || (rule.Unshared && IsShared(node))) continue;
            var after = node.Origin.Name is { } name && !known.Has(made) ? made.Named(name) : made;
            if (after.Shape != node.Shape)
                throw new InvalidOperationException($"{rule.Name} made the shape {after.Shape} of {node.Shape}: {new Firing(rule, node, after)}");
            if (!(rule.Falls?.Invoke(node, after) ?? Measure.Falls(node, after, known)))
                throw new InvalidOperationException($"{rule.Name} does not lower the measure: {new Firing(rule, node, after)}");
            trace.Add(new Firing(rule, node, after));
            return after;
        }
        return null;
    }

    private bool IsShared(Expr node)
    {
        foreach (var arg in node.Args)
            if (arg.Args.Length > 0 && _uses.GetValueOrDefault(arg, 1) > 1) return true;
        return false;
    }

    private void Use(Expr node, int count) => CollectionsMarshal.GetValueRefOrAddDefault(_uses, node, out _) += count;
}
