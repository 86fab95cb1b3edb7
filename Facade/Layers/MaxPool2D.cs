using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>The largest value of each window of images (n, channels, height, width); an incomplete window at the end is dropped.</summary>
public sealed record MaxPool2D(Size2D Size) : Layer
{
    public override string Kind => "max_pool";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Size is { Height: >= 1, Width: >= 1 }, name, input, $"windows of {Size} cannot be had, 1x1 or more can");
        Require(input.Rank == 4, name, input, "images (n, channels, height, width) would fit");
        Require(input[2].AtLeast(Size.Height) == true && input[3].AtLeast(Size.Width) == true, name, input, $"windows of {Size} need images of at least {Size}");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input.MaxPool(Size.Height, Size.Width);
}
