using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// <see cref="Adam"/> with weight decay apart from the gradients: p := p - r λ p - r m̂ / (√v̂ + ε), so that what decays does not depend on the size of its
/// gradients. The learning rate r, and a schedule's factor of it, is in both terms, as in PyTorch. I. Loshchilov, F. Hutter, ICLR 2019.
/// </summary>
/// <param name="WeightDecay">λ, not negative.</param>
/// <param name="Beta1">b₁, how long gradients are remembered.</param>
/// <param name="Beta2">b₂, how long their squares are.</param>
/// <param name="Epsilon">ε, positive.</param>
/// <param name="Decays">The parameters that decay; by default those of two axes or more. PyTorch decays all.</param>
public sealed record AdamW(
    double LearningRate = 0.001, double WeightDecay = 0.01, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, Func<Expr, bool>? Decays = null) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters) =>
        new DecoupledDecay(new Adam(LearningRate, Beta1, Beta2, Epsilon), Optimizers.WeightDecay.Checked(WeightDecay), Decays ?? Optimizers.WeightDecay.IsWeight).Of(gradients, parameters);
}
