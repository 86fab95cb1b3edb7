using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>An optimizer whose learning rate has a factor that goes by the number of steps: wherever the recurrence reads the rate r it reads r · f(steps).</summary>
internal sealed record ScheduledRate(Optimizer Inner, Schedule Schedule) : Optimizer
{
    /// <exception cref="ArgumentException">The optimizer has no learning rate.</exception>
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (inner, steps) = Inner.Of(gradients, parameters).Counted();
        var rate = inner[Recurrence.Rate];
        return inner.Reading(rate, rate * Schedule(steps));
    }
}
