using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>An optimizer whose new parameters are put back to where a constraint holds.</summary>
internal sealed record ConstrainedValues(Optimizer Inner, Constraint Constraint, ImmutableArray<Expr>? On) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters) =>
        Inner.Of(gradients, parameters).Changing(On ?? parameters, u => Constraint(u.Next));
}
