using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Of images (n, channels, height, width) the values that no value of any channel within a window around them exceeds; all others become 0. What is left has a
/// place and a channel: one winner in each neighbourhood. After A. Makhzani and B. Frey, Winner-take-all autoencoders, NIPS 2015, where it is one in each channel
/// of the whole image.
/// </summary>
/// <param name="Window">The side of the window, odd.</param>
public sealed record Winners(int Window) : Layer
{
    public override string Kind => "winners";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Window >= 1 && Window % 2 == 1, name, input, $"a window of {Window} has no middle, an odd one of at least 1 has");
        Require(input.Rank == 4, name, input, "images (n, channels, height, width) would fit");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => Definition.Apply(Kind, [input], p =>
    {
        var window = new PoolWindow(Window, 1, Window / 2);
        return p[0] * Expr.GreaterOrEqual(p[0], p[0].Max([1], keepDims: true).MaxPool([window, window]));
    }, $"window={Window}");
}
