using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Layers;

/// <summary>Rows and columns of a filter or a window; one number stands for a square.</summary>
public readonly record struct Size2D(int Height, int Width)
{
    public static implicit operator Size2D(int side) => new(side, side);

    public static implicit operator Size2D((int Height, int Width) size) => new(size.Height, size.Width);

    internal ImmutableArray<TapAxis> Windows(Size2D stride, Size2D dilation) =>
        [new(Height, stride.Height, dilation.Height), new(Width, stride.Width, dilation.Width)];

    public override string ToString() => $"{Height}x{Width}";
}
