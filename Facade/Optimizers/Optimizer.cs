using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// From a loss and its parameters to the recurrence that lowers it: a pure function, whose numbers live in a store. What wraps one (a schedule, clipped
/// gradients, decay, a constraint, an average) is one again.
/// </summary>
public abstract partial record Optimizer
{
    /// <exception cref="DisconnectedException">The loss does not depend on one of the parameters.</exception>
    public Recurrence Of(Expr loss, ImmutableArray<Expr> parameters) => Of(Gradient.Of(loss, parameters), parameters);

    /// <summary>The same from gradients that are known, or made in another way than from one loss.</summary>
    /// <param name="gradients">One for each parameter, of its shape.</param>
    /// <param name="parameters">Variables.</param>
    /// <exception cref="ArgumentException">There is not one gradient for each parameter, or one has another shape.</exception>
    public Recurrence Of(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        if (gradients.Length != parameters.Length)
            throw new ArgumentException($"{gradients.Length} gradients came for {parameters.Length} parameters, one for each is needed", nameof(gradients));
        foreach (var (g, p) in gradients.Zip(parameters))
            if (g.Shape != p.Shape) throw new ArgumentException($"a gradient of shape {g.Shape} came for the parameter {Printer.Short(p)} {p.Shape}", nameof(gradients));
        return Step(gradients, parameters);
    }

    /// <summary>One step from gradients of the parameters' shapes, one for each.</summary>
    protected abstract Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters);

    /// <summary>A rate that learning can go by.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a positive number.</exception>
    protected static StateVariable Rate(double rate) => double.IsFinite(rate) && rate > 0
        ? StateVariable.Scalar(Recurrence.Rate, rate)
        : throw new ArgumentOutOfRangeException(nameof(rate), $"a learning rate of {Printer.Number(rate)} cannot be used, a positive number can");

    /// <summary>How much of the past a step keeps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in [0, 1).</exception>
    protected static StateVariable Inertia(double momentum, string name = "momentum") => momentum is >= 0 and < 1
        ? StateVariable.Scalar(name, momentum)
        : throw new ArgumentOutOfRangeException(nameof(momentum), $"a {name} of {Printer.Number(momentum)} cannot be used, 0 up to less than 1 can");

    /// <summary>What keeps a divisor from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a positive number.</exception>
    protected static double Damping(double epsilon) => double.IsFinite(epsilon) && epsilon > 0
        ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), $"an epsilon of {Printer.Number(epsilon)} cannot be used, a positive number can");

    /// <summary>The root of a mean of squares, kept from 0.</summary>
    protected static Expr Root(Expr squares, double epsilon, EpsilonPlace place) => place == EpsilonPlace.UnderRoot ? (squares + epsilon).Sqrt() : squares.Sqrt() + epsilon;
}
