using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>How gradients are taken, where it is not the usual way: a value, changed by <c>with</c>.</summary>
public sealed record GradientOptions
{
    public static readonly GradientOptions Default = new();

    /// <summary>The table of rules.</summary>
    public Pullbacks Pullbacks { get; init; } = Pullbacks.Standard;

    /// <summary>
    /// Nodes whose whole cotangent is known: it is taken as it is, and what flows back to them from costs is dropped (theano's
    /// known_grads). With them no cost is needed.
    /// </summary>
    public ImmutableArray<Seed> Known { get; init; } = [];

    /// <summary>
    /// Nodes at which the walk ends, as if they were variables: the gradients of the part of the graph above them. They may themselves
    /// be asked for (theano's subgraph_grad); when they are not they are constant (consider_constant).
    /// </summary>
    public ImmutableArray<Expr> StopAt { get; init; } = [];

    /// <summary>What the gradient is of an expression that no cost depends on.</summary>
    public Disconnected Disconnected { get; init; } = Disconnected.Raise;
}
