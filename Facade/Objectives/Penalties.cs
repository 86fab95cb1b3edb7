using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Objectives;

/// <summary>
/// The usual penalties. Of parameters: <c>task with { Loss = task.Loss + 1e-4 * Penalties.L2.Over(task.Parameters) }</c>; of the codes (n, units) that
/// <c>network.UpTo("code").Apply(network.Input)</c> are, added alike, <c>Penalties.L1.OfEach(codes)</c> and <c>Penalties.Sparsity(0.05)(codes)</c>.
/// </summary>
public static class Penalties
{
    /// <summary>Σ |x|</summary>
    public static Penalty L1 { get; } = x => x.Abs().Sum();

    /// <summary>Σ x², as in Lasagne: without a half.</summary>
    public static Penalty L2 { get; } = x => x.Square().Sum();

    /// <summary>a Σ |x| + b Σ x². H. Zou, T. Hastie, 2005.</summary>
    public static Penalty Elastic(double l1, double l2) => x => l1 * L1(x) + l2 * L2(x);

    /// <summary>
    /// Σⱼ ρ ln(ρ / ρ̂ⱼ) + (1 - ρ) ln((1 - ρ) / (1 - ρ̂ⱼ)) of activations (n, …) between 0 and 1: how far the mean activation ρ̂ⱼ of each unit over the examples
    /// is from the rate ρ, as Kullback and Leibler have it. A. Ng, Sparse autoencoder, CS294A, 2011. ∞ where a unit is always off or always on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">ρ is not between 0 and 1.</exception>
    public static Penalty Sparsity(double rate)
    {
        if (!(rate is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), $"units cannot be active at a rate of {Printer.Number(rate)}, at one between 0 and 1 they can");
        var information = rate * Math.Log(rate) + (1 - rate) * Math.Log(1 - rate);
        return x =>
        {
            _ = Examples(x);
            var mean = x.Mean([0]);
            return (information - rate * mean.Log() - (1 - rate) * (-mean).Log1p()).Sum();
        };
    }

    /// <summary>The sum of a penalty over parameters that are tagged, by default over the weights; 0 where there are none.</summary>
    public static Expr Over(this Penalty penalty, IEnumerable<Parameter> parameters, string tag = Parameter.Regularizable) =>
        parameters.Where(p => p.Tags.Contains(tag)).Select(p => penalty(p.Variable)).DefaultIfEmpty(0.0).Aggregate((sum, next) => sum + next);

    /// <summary>The mean over the examples (n, …) of a penalty that is a sum: it does not grow with the batch, as losses do not.</summary>
    public static Expr OfEach(this Penalty penalty, Expr x) => penalty(x) / Formulas.SizeOf(Examples(x));

    private static Dim Examples(Expr x) => x.Rank > 0 ? x.Shape[0] : throw new ShapeException("a scalar has no examples: activations (n, …) would fit");
}
