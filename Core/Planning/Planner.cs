using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

/// <summary>From a rewritten graph to a plan.</summary>
internal static class Planner
{
    public static Plan Plan(ImmutableArray<Expr> inputs, ImmutableArray<Expr> variables, ImmutableArray<Expr> roots) => throw new InvalidOperationException();
}
