using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>The largest value of each window of images (n, channels, height, width); an incomplete window at the end is dropped.</summary>
/// <param name="Stride">From one window to the next; a whole window when not given.</param>
/// <param name="Padding">How far windows reach beyond the image, at most half a window.</param>
public sealed record MaxPool2D(Size2D Size, int? Stride = null, int Padding = 0) : Layer
{
    public override string Kind => "max_pool";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Size is { Height: >= 1, Width: >= 1 }, name, input, $"windows of {Size} cannot be had, 1x1 or more can");
        Require(Stride is null or >= 1 && Padding >= 0 && 2 * Padding <= Math.Min(Size.Height, Size.Width), name, input,
            $"windows of {Size} with stride {Stride} and padding {Padding} cannot be had, a stride of at least 1 and a padding of at most half a window can");
        Require(input.Rank == 4, name, input, "images (n, channels, height, width) would fit");
        Require(input[2].AtLeast(Size.Height - 2 * Padding) == true && input[3].AtLeast(Size.Width - 2 * Padding) == true, name, input, $"windows of {Size} need images of at least {Size}");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input.MaxPool([new PoolWindow(Size.Height, Stride, Padding), new PoolWindow(Size.Width, Stride, Padding)]);
}
