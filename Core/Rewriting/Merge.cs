using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>The same operation of the same arguments is computed once: common subexpressions become one node.</summary>
internal static class Merge
{
    public static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots) => Apply(roots, Traversal.Topological(roots), new Known());

    public static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots, ImmutableArray<Expr> order, Known known) =>
        Traversal.Rebuild(roots, order, (node, args) => known.Of(node.With(args)));
}
