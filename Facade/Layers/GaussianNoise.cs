using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Normal noise of mean 0 is added in training: x + σ ε. (Lasagne's default, too, is σ = 0.1.)</summary>
/// <param name="Deviation">σ, at least 0.</param>
public sealed record GaussianNoise(double Deviation = 0.1) : Noise
{
    public override string Kind => "gaussian_noise";

    private protected override string? Refused =>
        Deviation >= 0 && double.IsFinite(Deviation) ? null : FormattableString.Invariant($"a deviation of {Deviation} cannot be had, one of at least 0 can");

    private protected override Expr Disturbed(Expr input, Key key, Expr step) => input + Deviation * Formulas.Normal(key, input.Shape, step);
}
