using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Adadelta: v := ρ v + (1 - ρ) g², d = g √(s + ε) / √(v + ε), s := ρ s + (1 - ρ) d², p := p - r d, with the gradient g; v and s begin at 0, so that ε sets
/// the first steps. ε is under both roots, as in the paper, in Lasagne and in PyTorch (whose ρ is 0.9). M. Zeiler, arXiv 1212.5701, 2012.
/// </summary>
/// <param name="LearningRate">r, which the paper does not have: 1.</param>
/// <param name="Rho">ρ, how long squares are remembered.</param>
/// <param name="Epsilon">ε, positive.</param>
public sealed record Adadelta(double LearningRate = 1, double Rho = 0.95, double Epsilon = 1e-6) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, rho, epsilon) = (Rate(LearningRate), Inertia(Rho, "rho"), Damping(Epsilon));
        ImmutableArray<StateVariable> squares = [.. parameters.Select(p => StateVariable.Like(p, "mean_square"))];
        ImmutableArray<StateVariable> steps = [.. parameters.Select(p => StateVariable.Like(p, "mean_square_step"))];
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, v, s) = (parameters[i], squares[i].Variable, steps[i].Variable);
            var square = rho.Variable * v + (1 - rho.Variable) * g.Square();
            var step = g * (s + epsilon).Sqrt() / (square + epsilon).Sqrt();
            return new[]
            {
                new Update(v, square), new Update(s, rho.Variable * s + (1 - rho.Variable) * step.Square()), new Update(p, p - r.Variable * step),
            };
        });
        return new([.. updates], [r, rho, .. squares, .. steps]);
    }
}
