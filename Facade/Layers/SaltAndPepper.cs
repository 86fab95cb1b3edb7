using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Each value is replaced with the probability P in training, by Low or by High, each as often: for denoising autoencoders. P. Vincent et al., JMLR 11,
/// 2010. No gradient reaches what is replaced.
/// </summary>
/// <param name="P">From 0 to below 1.</param>
/// <param name="Low">The pixels' least value, in the units of the input.</param>
/// <param name="High">Their greatest.</param>
public sealed record SaltAndPepper(double P = 0.25, double Low = 0, double High = 1) : Noise
{
    public override string Kind => "salt_and_pepper";

    private protected override string? Refused => Probability(P);

    private protected override Expr Disturbed(Expr input, Key key, Expr step)
    {
        var u = Formulas.Uniform(key, input.Shape, step);
        return Formulas.Where(Formulas.Less(u, P), Formulas.Where(Formulas.Less(u, P / 2), Low, High), input);
    }
}
