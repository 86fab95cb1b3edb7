using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Whole channels of (n, channels, space…) are 0 with the probability P in training, and else divided by 1 - P. J. Tompson et al., CVPR 2015.
/// (Lasagne's dropout_channels, PyTorch's Dropout2d.)
/// </summary>
/// <param name="P">From 0 to below 1.</param>
public sealed record SpatialDropout(double P = 0.5) : Noise
{
    public override string Kind => "spatial_dropout";

    private protected override string? Refused => Probability(P);

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank >= 3, name, input, "(n, channels, …) with axes of space would fit");
        return base.Declare(name, input);
    }

    private protected override Expr Disturbed(Expr input, Key key, Expr step) =>
        input * Formulas.Ones([input.Shape[0], input.Shape[1], .. Enumerable.Repeat((Dim)1, input.Rank - 2)]).Dropout(P, key, step);
}
