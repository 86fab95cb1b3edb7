using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Lion: p := p - r (sign(b₁ m + (1 - b₁) g) + λ p), m := b₂ m + (1 - b₂) g, with the gradient g and the learning rate r; m begins at 0. Each element moves by
/// r: the rate wants to be three to ten times smaller than Adam's and λ as much larger. X. Chen and others, Symbolic Discovery of Optimization Algorithms, NeurIPS 2023.
/// </summary>
/// <param name="Beta1">b₁, how much of the sign is the past's.</param>
/// <param name="Beta2">b₂, how long gradients are remembered.</param>
/// <param name="WeightDecay">λ, not negative.</param>
/// <param name="Decays">The parameters that decay; by default those of two axes or more.</param>
public sealed record Lion(double LearningRate = 0.0001, double Beta1 = 0.9, double Beta2 = 0.99, double WeightDecay = 0, Func<Expr, bool>? Decays = null) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, b1, b2, decay) = (Rate(LearningRate), Inertia(Beta1, "beta1"), Inertia(Beta2, "beta2"), Optimizers.WeightDecay.Checked(WeightDecay));
        var decays = Decays ?? Optimizers.WeightDecay.IsWeight;
        ImmutableArray<StateVariable> means = [.. parameters.Select(p => StateVariable.Like(p, "mean"))];
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, m) = (parameters[i], means[i].Variable);
            var sign = (b1.Variable * m + (1 - b1.Variable) * g).Sign();
            var step = decay > 0 && decays(p) ? sign + decay * p : sign;
            return new[] { new Update(m, b2.Variable * m + (1 - b2.Variable) * g), new Update(p, p - r.Variable * step) };
        });
        return new([.. updates], [r, b1, b2, .. means]);
    }
}
