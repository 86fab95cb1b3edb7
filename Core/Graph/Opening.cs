using System.Collections.Immutable;

namespace AutoDiffAE.Graph;

/// <summary>Calls of definitions replaced by what the definitions say, where somebody wants to see inside.</summary>
public static class Opening
{
    /// <summary>The graphs with chosen calls opened, calls within them too. What two opened definitions share over the same arguments stays shared.</summary>
    /// <param name="roots">The graphs, rewritten together.</param>
    /// <param name="opens">Which calls are opened.</param>
    /// <param name="kept">Nodes that stay as they are, with all that they are computed from.</param>
    public static ImmutableArray<Expr> Of(ImmutableArray<Expr> roots, Func<Op.Call, bool> opens, Func<Expr, bool> kept)
    {
        var values = new Dictionary<string, Dictionary<Expr, Expr>>();
        bool Opens(Expr e) => e.Op is Op.Call call && opens(call);
        while (true)
        {
            var order = Traversal.Topological(roots, e => kept(e) ? [] : e.Args);
            if (!order.Any(e => !kept(e) && Opens(e))) return roots;
            roots = Traversal.Rebuild(roots, order, (node, args) => kept(node) ? node : Opens(node) ? Opened(node, args, values) : node.With(args), kept);
        }
    }

    private static Expr Opened(Expr call, ImmutableArray<Expr> args, Dictionary<string, Dictionary<Expr, Expr>> values)
    {
        var definition = ((Op.Call)call.Op).Definition;
        // A node's hash is its own.
        var place = string.Join(" ", definition.Parameters.Concat(args).Select(e => e.GetHashCode()));
        if (!values.TryGetValue(place, out var known))
        {
            values[place] = known = [];
            foreach (var (parameter, arg) in definition.Parameters.Zip(args)) known[parameter] = arg;
        }
        foreach (var node in Traversal.Topological([definition.Body], e => known.ContainsKey(e) ? [] : e.Args))
            if (!known.ContainsKey(node))
                known[node] = node.Args.IsEmpty ? node : Expr.Of(node.Op, [.. node.Args.Select(a => known[a])], Placed(node.Origin, call.Origin));
        var value = known[definition.Body];
        return call.Origin.Name is { } name && value.Origin.Name is null ? value.Named(name) : value;
    }

    private static Origin Placed(Origin inner, Origin outer) => new(inner.Name, outer.Scope ?? inner.Scope, outer.Source ?? inner.Source);
}
