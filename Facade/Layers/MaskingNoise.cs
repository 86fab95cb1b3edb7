using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Each value is 0 with the probability P in training, and else as it was: for denoising autoencoders. P. Vincent et al., JMLR 11, 2010. Where the mean
/// has to stay, <see cref="Dropout"/> does it.
/// </summary>
/// <param name="P">From 0 to below 1.</param>
public sealed record MaskingNoise(double P = 0.25) : Noise
{
    public override string Kind => "masking_noise";

    private protected override string? Refused => Probability(P);

    private protected override Expr Disturbed(Expr input, Key key, Expr step) => input * Expr.GreaterOrEqual(Formulas.Uniform(key, input.Shape, step), P);
}
