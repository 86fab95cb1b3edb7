using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Momentum of another optimizer's steps d = next(p) - p: v := m v + d, p := p + v; or Nesterov's, p := p + m v + d with the new v. v begins at 0.
/// Lasagne's <c>apply_momentum</c> and <c>apply_nesterov_momentum</c>.
/// </summary>
/// <param name="Decay">m, in [0, 1).</param>
internal sealed record AddedMomentum(Optimizer Inner, double Decay, bool Nesterov) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (inner, m) = (Inner.Of(gradients, parameters), Inertia(Decay));
        var velocities = parameters.ToImmutableDictionary(p => p, p => StateVariable.Like(p, "velocity"));
        var steps = inner.Updates.Where(u => velocities.ContainsKey(u.Variable)).ToImmutableDictionary(u => u.Variable, StepOf);
        Expr Next(Expr p) => m.Variable * velocities[p].Variable + steps[p];
        var next = parameters.ToImmutableDictionary(p => p, Next);
        return inner.Changing(parameters, u => u.Variable + (Nesterov ? m.Variable * next[u.Variable] + steps[u.Variable] : next[u.Variable]))
            .And([m, .. parameters.Select(p => velocities[p])], parameters.Select(p => new Update(velocities[p].Variable, next[p])));
    }

    private static Expr StepOf(Update update) => Beside(update.Variable, update.Next) ?? update.Next - update.Variable;

    /// <summary>Where the recurrence says p - x + y the step is -x + y itself: of next - p some digits would be lost.</summary>
    private static Expr? Beside(Expr p, Expr next) => next switch
    {
        { Op: Op.Map { Function.Name: "sub" }, Args: [var a, var x] } => a == p ? -x : Beside(p, a) is { } step ? step - x : null,
        { Op: Op.Map { Function.Name: "add" }, Args: [var a, var x] } => a == p ? x : Beside(p, a) is { } step ? step + x : null,
        _ => null,
    };
}
