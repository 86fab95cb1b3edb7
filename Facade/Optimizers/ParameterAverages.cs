using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// Keeps of each parameter p the exponential moving average a of its values after steps 1, 2, …, t: a = Σ dᵗ⁻ⁱ pᵢ / Σ dᵗ⁻ⁱ, as w := d w + (1 - d) and
/// a := a + (1 - d) / w · (p - a). The weight w = 1 - dᵗ makes up for the start, so that the initial parameters are in no average; it is its own variable, since
/// 1 - dᵗ loses most of its digits in float. The variables are <c>ema/NAME</c>. B. Polyak, A. Juditsky, SIAM J. Control and Optimization 30, 1992.
/// </summary>
/// <param name="Decay">d, in [0, 1): averages go back over about 1 / (1 - d) steps.</param>
internal sealed record ParameterAverages(Optimizer Inner, double Decay) : Optimizer
{
    protected override Recurrence Step(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters)
    {
        var (inner, d) = (Inner.Of(gradients, parameters), Inertia(Decay, "ema/decay"));
        var weight = StateVariable.Scalar("ema/weight", 0);
        var fresh = 1 - d.Variable;
        var next = d.Variable * weight.Variable + fresh;
        var share = fresh / next;
        var averages = parameters.ToImmutableDictionary(p => p, Average);
        Update Follow(Expr average, Expr value) => new(average, average + share * (value - average));
        var updates = inner.Updates.Where(u => averages.ContainsKey(u.Variable)).Select(u => Follow(averages[u.Variable].Variable, u.Next));
        return inner.And([d, weight, .. parameters.Select(p => averages[p])], [new(weight.Variable, next), .. updates]) with
        {
            Averages = averages.ToImmutableDictionary(a => a.Key, a => Formulas.Where(weight.Variable, a.Value.Variable, a.Key)),
        };
    }

    private static StateVariable Average(Expr parameter)
    {
        var name = $"ema/{Printer.Short(parameter)}";
        return new(name, Expr.Variable(name, parameter.Shape), 0);
    }
}
