using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Classical momentum: v := m v - r g, p := p + v, with the gradient g, the learning rate r and the momentum m; v begins at 0. Lasagne's form: v has the
/// rates of the steps that it comes from. PyTorch's b := m b + g, p := p - r b, is the same while the rate is (v = -r b); a rate that falls acts there at once on the whole of b.
/// </summary>
public sealed record Momentum(double LearningRate = 0.01, double Decay = 0.9) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (r, m) = (Rate(LearningRate), Inertia(Decay));
        ImmutableArray<StateVariable> velocities = [.. parameters.Select(p => StateVariable.Like(p, "velocity"))];
        var updates = gradients.SelectMany((g, i) =>
        {
            var (p, v) = (parameters[i], velocities[i].Variable);
            var next = m.Variable * v - r.Variable * g;
            return new[] { new Update(v, next), new Update(p, p + next) };
        });
        return new([.. updates], [r, m, .. velocities]);
    }
}
