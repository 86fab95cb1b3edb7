using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>Stochastic gradient descent: p := p - r g, with the gradient g and the learning rate r.</summary>
public sealed record Sgd(double LearningRate = 0.01) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var r = Rate(LearningRate);
        var updates = gradients.Zip(parameters, (g, p) => new Update(p, p - r.Variable * g));
        return new([.. updates], [r]);
    }
}
