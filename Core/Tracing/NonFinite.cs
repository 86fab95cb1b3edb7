using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Tracing;

/// <summary>A node that made numbers that are not finite from numbers that are; or a leaf that came in with them.</summary>
/// <param name="Node">The operation. Its origin says where it was written, in which layer, and in which step of a derivation.</param>
/// <param name="Within">The calls of definitions that it stands in, the outermost first.</param>
/// <param name="Kind">What the first one is.</param>
/// <param name="Count">How many it made where all that it was made from is finite.</param>
/// <param name="First">The index of the first, an axis each.</param>
/// <param name="Value">All numbers of the node.</param>
/// <param name="Inputs">What it was made from.</param>
public sealed record NonFinite(
    Expr Node, ImmutableArray<Expr> Within, NonFiniteKind Kind, long Count, ImmutableArray<int> First, ValueRange Value, ImmutableArray<TracedInput> Inputs)
{
    /// <summary>Whether it is a variable or a constant, which nothing made.</summary>
    public bool IsGiven => Node.Args.IsEmpty;

    /// <summary>The node of the graph that was traced: the outermost call, or the operation itself.</summary>
    public Expr Outermost => Within.IsEmpty ? Node : Within[0];

    /// <summary>The step of a derivation that it belongs to; null for what is no derivative.</summary>
    public Derived? Derived => Within.Select(c => c.Origin.Derived).FirstOrDefault(d => d is not null) ?? Node.Origin.Derived;

    /// <summary>The layer's path.</summary>
    public string? Scope => Within.Select(c => c.Origin.Scope).FirstOrDefault(s => s is not null) ?? Node.Origin.Scope;

    /// <summary>The line that wrote it, or that called what it stands in.</summary>
    public SourceLine? Source => Within.Select(c => c.Origin.Source).FirstOrDefault(s => s is not null) ?? Node.Origin.Source;
}
