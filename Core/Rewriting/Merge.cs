using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>The same operation of the same arguments is computed once: common subexpressions become one node.</summary>
internal static class Merge
{
    public static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots) => Apply(roots, new Known());

    public static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots, Known known) =>
        Traversal.Rebuild(roots, (node, args) => known.Of(node.With(args)));
}
