using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// AMSGrad: <see cref="Adam"/> that divides by the largest mean square so far: m := b₁ m + (1 - b₁) g, v := b₂ v + (1 - b₂) g², w := max(w, v), and
/// p := p - r m̂ / (√ŵ + ε) with m̂ = m / (1 - b₁ᵗ) and ŵ = w / (1 - b₂ᵗ). S. Reddi, S. Kale, S. Kumar, ICLR 2018, with Adam's corrections of m and w, as
/// PyTorch has it; Lasagne's ε is ε √(1 - b₂ᵗ).
/// </summary>
/// <param name="Beta1">b₁, how long gradients are remembered.</param>
/// <param name="Beta2">b₂, how long their squares are.</param>
/// <param name="Epsilon">ε, positive.</param>
public sealed record Amsgrad(double LearningRate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, b1, b2, epsilon) = (Rate(LearningRate), Inertia(Beta1, "beta1"), Inertia(Beta2, "beta2"), Damping(Epsilon));
        var steps = StateVariable.Scalar(Recurrence.Steps, 0);
        ImmutableArray<StateVariable> means = [.. parameters.Select(p => StateVariable.Like(p, "mean"))];
        ImmutableArray<StateVariable> squares = [.. parameters.Select(p => StateVariable.Like(p, "mean_square"))];
        ImmutableArray<StateVariable> largest = [.. parameters.Select(p => StateVariable.Like(p, "largest_mean_square"))];
        var t = steps.Variable + 1;
        var rate = r.Variable / (1 - b1.Variable.Pow(t));
        var correction = 1 / (1 - b2.Variable.Pow(t));
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, m, v, w) = (parameters[i], means[i].Variable, squares[i].Variable, largest[i].Variable);
            var mean = b1.Variable * m + (1 - b1.Variable) * g;
            var square = b2.Variable * v + (1 - b2.Variable) * g.Square();
            var top = Formulas.Maximum(w, square);
            return new[] { new Update(m, mean), new Update(v, square), new Update(w, top), new Update(p, p - rate * mean / ((top * correction).Sqrt() + epsilon)) };
        });
        return new([new Update(steps.Variable, t), .. updates], [r, b1, b2, steps, .. means, .. squares, .. largest]);
    }
}
