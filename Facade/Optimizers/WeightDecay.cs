using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>Weights that are drawn towards 0.</summary>
public static class WeightDecay
{
    /// <summary>
    /// g + λ p in place of the gradient g: that of the loss with ½ λ Σ p² added, PyTorch's <c>weight_decay</c>. (Lasagne's l2 penalty has no ½: its λ is half of this.)
    /// An optimizer that divides by the size of gradients divides the decay too; see <see cref="Optimizer.WithDecoupledDecay"/>.
    /// </summary>
    /// <param name="factor">λ, not negative.</param>
    /// <param name="on">The parameters that decay, those of a network that are tagged <see cref="Layers.Parameter.Regularizable"/> for instance; by default those of
    /// two axes or more, which are weights and filters but neither biases nor scales.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or no number.</exception>
    public static GradientRule Coupled(double factor, IEnumerable<Expr>? on = null)
    {
        var (decay, decays) = (Checked(factor), Chosen(on));
        return (gradients, parameters) => [.. gradients.Zip(parameters, (g, p) => decay > 0 && decays(p) ? g + decay * p : g)];
    }

    internal static bool IsWeight(Expr parameter) => parameter.Rank >= 2;

    internal static Func<Expr, bool> Chosen(IEnumerable<Expr>? on) => on is null ? IsWeight : on.ToHashSet().Contains;

    internal static double Checked(double factor) => double.IsFinite(factor) && factor >= 0
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), $"a weight decay of {Printer.Number(factor)} cannot be used, a number of at least 0 can");
}
