using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>An optimizer that steps by the gradients of a rule.</summary>
internal sealed record RuledGradients(Optimizer Inner, GradientRule Rule) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters) => Inner.Of(Rule(gradients, parameters), parameters);
}
