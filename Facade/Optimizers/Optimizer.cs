using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>From a loss and its parameters to the recurrence that lowers it: a pure function, whose numbers live in a store.</summary>
public abstract record Optimizer
{
    /// <exception cref="DisconnectedException">The loss does not depend on one of the parameters.</exception>
    public abstract Recurrence Of(Expr loss, ImmutableArray<Expr> parameters);

    /// <summary>A rate that learning can go by.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a positive number.</exception>
    protected static StateVariable Rate(double rate) => double.IsFinite(rate) && rate > 0
        ? StateVariable.Scalar("learning_rate", rate)
        : throw new ArgumentOutOfRangeException(nameof(rate), $"a learning rate of {Printer.Number(rate)} cannot be used, a positive number can");

    /// <summary>How much of the past a step keeps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in [0, 1).</exception>
    protected static StateVariable Inertia(double momentum, string name = "momentum") => momentum is >= 0 and < 1
        ? StateVariable.Scalar(name, momentum)
        : throw new ArgumentOutOfRangeException(nameof(momentum), $"a {name} of {Printer.Number(momentum)} cannot be used, 0 up to less than 1 can");
}
