using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Each value is 0 with the probability P in training, and else divided by 1 - P, so that the mean stays. N. Srivastava et al., 2014. (Lasagne's
/// DropoutLayer with rescale.)
/// </summary>
/// <param name="P">From 0 to below 1.</param>
public sealed record Dropout(double P = 0.5) : Noise
{
    public override string Kind => "dropout";

    private protected override string? Refused => Probability(P);

    private protected override Expr Disturbed(Expr input, Key key, Expr step) => input.Dropout(P, key, step);
}
