using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Weight decay beside any optimizer's step: p := next(p) - r λ p with the learning rate r, of which a schedule that is put around this has its factor in both.
/// I. Loshchilov, F. Hutter, Decoupled Weight Decay Regularization, ICLR 2019.
/// </summary>
/// <param name="Factor">λ</param>
/// <param name="Decays">The parameters that it is for.</param>
internal sealed record DecoupledDecay(Optimizer Inner, double Factor, Func<Expr, bool> Decays) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var inner = Inner.Of(gradients, parameters);
        return Factor == 0 ? inner : inner.Changing(parameters.Where(Decays), u => u.Next - inner[Recurrence.Rate] * Factor * u.Variable);
    }
}
