using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>One use of a rewrite: the node that had the form, and what took its place.</summary>
public sealed record Firing(Rewrite Rewrite, Expr Before, Expr After)
{
    /// <summary>The law, and the two sides with what stands on both as letters.</summary>
    public override string ToString()
    {
        var (before, after) = Excerpt.Of(Before, After);
        var line = Before.Origin.Source is { } source ? $"  [{source}]" : "";
        return $"{Rewrite.Name}: {before} -> {after}{line}";
    }
}
