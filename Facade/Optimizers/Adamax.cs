using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Adamax: with the gradient g of step t = 1, 2, …, m := b₁ m + (1 - b₁) g, u := max(b₂ u, |g| + ε), and p := p - r / (1 - b₁ᵗ) · m / u; r is the learning
/// rate. D. Kingma, J. Ba, ICLR 2015, algorithm 2, where ε is 0; ε stands where PyTorch has it. Lasagne has m / (u + ε) with u := max(b₂ u, |g|).
/// </summary>
/// <param name="Beta1">b₁, how long gradients are remembered.</param>
/// <param name="Beta2">b₂, how long their size is.</param>
/// <param name="Epsilon">ε, positive.</param>
public sealed record Adamax(double LearningRate = 0.002, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, b1, b2, epsilon) = (Rate(LearningRate), Inertia(Beta1, "beta1"), Inertia(Beta2, "beta2"), Damping(Epsilon));
        var steps = StateVariable.Scalar(Recurrence.Steps, 0);
        ImmutableArray<StateVariable> means = [.. parameters.Select(p => StateVariable.Like(p, "mean"))];
        ImmutableArray<StateVariable> sizes = [.. parameters.Select(p => StateVariable.Like(p, "size"))];
        var t = steps.Variable + 1;
        var rate = r.Variable / (1 - b1.Variable.Pow(t));
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, m, u) = (parameters[i], means[i].Variable, sizes[i].Variable);
            var mean = b1.Variable * m + (1 - b1.Variable) * g;
            var size = Formulas.Maximum(b2.Variable * u, g.Abs() + epsilon);
            return new[] { new Update(m, mean), new Update(u, size), new Update(p, p - rate * mean / size) };
        });
        return new([new Update(steps.Variable, t), .. updates], [r, b1, b2, steps, .. means, .. sizes]);
    }
}
