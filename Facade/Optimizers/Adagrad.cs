using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Adagrad: a := a + g², p := p - r g / √(a + ε), with the gradient g and the learning rate r; a begins at 0. J. Duchi, E. Hazan, Y. Singer, JMLR 12, 2011.
/// </summary>
/// <param name="Epsilon">ε, positive.</param>
/// <param name="Place">Under the root, as in Lasagne (rate 1, ε 10⁻⁶), or beside it, as in PyTorch (rate 0.01, ε 10⁻¹⁰).</param>
public sealed record Adagrad(double LearningRate = 0.01, double Epsilon = 1e-6, EpsilonPlace Place = EpsilonPlace.UnderRoot) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, epsilon) = (Rate(LearningRate), Damping(Epsilon));
        ImmutableArray<StateVariable> sums = [.. parameters.Select(p => StateVariable.Like(p, "square_sum"))];
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, a) = (parameters[i], sums[i].Variable);
            var sum = a + g.Square();
            return new[] { new Update(a, sum), new Update(p, p - r.Variable * g / Root(sum, epsilon, Place)) };
        });
        return new([.. updates], [r, .. sums]);
    }
}
