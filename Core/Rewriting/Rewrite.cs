using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>One law of mathematics, read from left to right: where a node has the form on the left it becomes the one on the right.</summary>
/// <param name="Name">By which it is switched off.</param>
/// <param name="Phase">From which phase on it is tried.</param>
/// <param name="Heads">The operations, by their names, at which the left side can begin.</param>
/// <param name="Law">The law.</param>
/// <param name="Assumption">What the law needs: <see cref="Assume"/> has the usual ones.</param>
/// <param name="Apply">The right side for a node whose arguments are rewritten already, or null where it has not the form of the left.</param>
public sealed record Rewrite(string Name, Phase Phase, ImmutableArray<string> Heads, string Law, string Assumption, Func<Expr, Expr?> Apply)
{
    /// <summary>The head of rewrites that are tried at every scalar function, after those of its own name.</summary>
    public const string AnyFunction = "map";

    /// <summary>Whether it needs the arguments to be read by nothing else: where they are, they are computed anyway, and less is gained than lost.</summary>
    public bool Unshared { get; init; }

    /// <summary>Whether the right side of a firing is less than the left in a measure of the rewrite's own, which comes before <see cref="Measure"/>.</summary>
    internal Func<Expr, Expr, bool>? Falls { get; init; }

    public override string ToString() => $"{Name}: {Law} ({Assumption})";
}
