using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// RMSProp: v := ρ v + (1 - ρ) g², p := p - r g / √(v + ε), with the gradient g and the learning rate r; v begins at 0 and nothing makes up for that.
/// T. Tieleman, G. Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012. With momentum, <see cref="Optimizer.WithMomentum"/>.
/// </summary>
/// <param name="Rho">ρ, how long squares are remembered: 0.9 as in Lasagne; PyTorch's is 0.99.</param>
/// <param name="Epsilon">ε, positive.</param>
/// <param name="Place">Under the root, as in Lasagne (rate 1, ε 10⁻⁶), or beside it, as in PyTorch (rate 0.01, ε 10⁻⁸).</param>
public sealed record RmsProp(double LearningRate = 0.001, double Rho = 0.9, double Epsilon = 1e-6, EpsilonPlace Place = EpsilonPlace.UnderRoot) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, rho, epsilon) = (Rate(LearningRate), Inertia(Rho, "rho"), Damping(Epsilon));
        ImmutableArray<StateVariable> squares = [.. parameters.Select(p => StateVariable.Like(p, "mean_square"))];
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, v) = (parameters[i], squares[i].Variable);
            var square = rho.Variable * v + (1 - rho.Variable) * g.Square();
            return new[] { new Update(v, square), new Update(p, p - r.Variable * g / Root(square, epsilon, Place)) };
        });
        return new([.. updates], [r, rho, .. squares]);
    }
}
