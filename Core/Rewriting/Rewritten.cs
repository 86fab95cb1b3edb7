using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>What rewriting made of a graph, and how.</summary>
public sealed record Rewritten(ImmutableArray<Expr> Roots, Trace Trace, ImmutableArray<Pass> Passes);
