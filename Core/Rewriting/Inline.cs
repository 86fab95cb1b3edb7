using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>Definitions are replaced by their bodies: from here on only primitive operations are left.</summary>
internal static class Inline
{
    public static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots) => Apply(roots, Traversal.Topological(roots));

    public static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots, ImmutableArray<Expr> order) => Apply(roots, order, new Dictionary<Definition, Expr>());

    private static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots, ImmutableArray<Expr> order, Dictionary<Definition, Expr> bodies) =>
        Traversal.Rebuild(roots, order, (node, args) => node.Op switch
        {
            Op.Call call => Substituted(call.Definition, Body(call.Definition, bodies), args, node.Origin),
            Op.StopGradient => args[0],
            _ => node.With(args),
        });

    private static Expr Body(Definition definition, Dictionary<Definition, Expr> bodies) =>
        bodies.TryGetValue(definition, out var body) ? body : bodies[definition] = Apply([definition.Body], Traversal.Topological([definition.Body]), bodies)[0];

    private static Expr Substituted(Definition definition, Expr body, ImmutableArray<Expr> args, Origin origin)
    {
        var values = definition.Parameters.Zip(args).ToDictionary(p => p.First, p => p.Second);
        return Traversal.Rebuild([body], (node, rebuilt) =>
            values.TryGetValue(node, out var value) ? value
            : node.Args.SequenceEqual(rebuilt) ? node
            : Expr.Of(node.Op, rebuilt, Placed(node.Origin, origin)))[0];
    }

    /// <summary>A node of a definition's body is told apart by where the definition was used.</summary>
    private static Origin Placed(Origin inner, Origin outer) =>
        new(inner.Name ?? outer.Name, outer.Scope ?? inner.Scope, outer.Source ?? inner.Source) { Derived = outer.Derived ?? inner.Derived };
}
