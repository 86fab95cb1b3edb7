using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Each value of images (n, channels, height, width) repeated in a block: <see cref="Upscale2D"/> by repetition, under the post's name.</summary>
public sealed record Unpool(Size2D Size) : Layer
{
    public override string Kind => "unpool";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Size is { Height: >= 1, Width: >= 1 }, name, input, $"blocks of {Size} cannot be had, 1x1 or more can");
        Require(input.Rank == 4, name, input, "images (n, channels, height, width) would fit: put a Reshape before it");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input.Repeat(Size.Height, Size.Width);
}
