using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Adam: with the gradient g of step t = 1, 2, …, m := b₁ m + (1 - b₁) g, v := b₂ v + (1 - b₂) g², and
/// p := p - r m̂ / (√v̂ + ε) with m̂ = m / (1 - b₁ᵗ) and v̂ = v / (1 - b₂ᵗ), which undo that m and v begin at 0; r is the learning rate.
/// D. Kingma, J. Ba, ICLR 2015, algorithm 1, as PyTorch has it; Lasagne's ε, that of the remark below the algorithm, is ε √(1 - b₂ᵗ).
/// </summary>
/// <param name="Beta1">b₁, how long gradients are remembered.</param>
/// <param name="Beta2">b₂, how long their squares are.</param>
/// <param name="Epsilon">ε, positive.</param>
public sealed record Adam(double LearningRate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
{
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive, a beta not in [0, 1), or ε not positive.</exception>
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, b1, b2) = (Rate(LearningRate), Inertia(Beta1, "beta1"), Inertia(Beta2, "beta2"));
        var epsilon = Damping(Epsilon);
        var steps = StateVariable.Scalar(Recurrence.Steps, 0);
        ImmutableArray<StateVariable> means = [.. parameters.Select(p => StateVariable.Like(p, "mean"))];
        ImmutableArray<StateVariable> squares = [.. parameters.Select(p => StateVariable.Like(p, "mean_square"))];
        // What is the same for all elements is a number of its own, computed once a step.
        var t = steps.Variable + 1;
        var rate = r.Variable / (1 - b1.Variable.Pow(t));
        var correction = 1 / (1 - b2.Variable.Pow(t));
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, m, v) = (parameters[i], means[i].Variable, squares[i].Variable);
            var mean = b1.Variable * m + (1 - b1.Variable) * g;
            var square = b2.Variable * v + (1 - b2.Variable) * g.Square();
            return new[] { new Update(m, mean), new Update(v, square), new Update(p, p - rate * mean / ((square * correction).Sqrt() + epsilon)) };
        });
        return new([new Update(steps.Variable, t), .. updates], [r, b1, b2, steps, .. means, .. squares]);
    }
}
