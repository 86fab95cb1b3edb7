using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>The phases that a joint graph of outputs and gradients goes through before it is planned.</summary>
internal static class Rewriter
{
    public static ImmutableArray<Expr> Rewrite(ImmutableArray<Expr> roots) =>
        Merge.Apply(Simplify.Apply(Specialize(Merge.Apply(Simplify.Apply(Merge.Apply(Inline.Apply(roots)))))));

    private static ImmutableArray<Expr> Specialize(ImmutableArray<Expr> roots) => Traversal.Rebuild(roots, (node, args) =>
        node.With(args) is var e && (UnpooledConvolution.Output(e) ?? UnpooledConvolution.Input(e) ?? UnpooledConvolution.Kernel(e) ?? PlacedCotangent.Sum(e)) is { } other ? other : e);
}
