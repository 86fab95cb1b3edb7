using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Nesterov's momentum in the form that takes the gradient g at p itself: v := m v - r g, then p := p + m v - r g with the new v; r is
/// the learning rate, m the momentum, and v begins at 0. As in <see cref="Momentum"/> v has the rates of its steps. Y. Bengio, N. Boulanger-Lewandowski, R. Pascanu, ICASSP 2013; Lasagne's updates.
/// </summary>
public sealed record NesterovMomentum(double LearningRate = 0.01, double Decay = 0.9) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, m) = (Rate(LearningRate), Inertia(Decay));
        ImmutableArray<StateVariable> velocities = [.. parameters.Select(p => StateVariable.Like(p, "velocity"))];
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, v) = (parameters[i], velocities[i].Variable);
            var step = r.Variable * g;
            var next = m.Variable * v - step;
            return new[] { new Update(v, next), new Update(p, p + m.Variable * next - step) };
        });
        return new([.. updates], [r, m, .. velocities]);
    }
}
