using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Layers;

/// <summary>Planes, rows and columns of a filter or a window; one number stands for a cube.</summary>
public readonly record struct Size3D(int Depth, int Height, int Width)
{
    public static implicit operator Size3D(int side) => new(side, side, side);

    public static implicit operator Size3D((int Depth, int Height, int Width) size) => new(size.Depth, size.Height, size.Width);

    internal ImmutableArray<TapAxis> Windows(Size3D stride, Size3D dilation) =>
        [new(Depth, stride.Depth, dilation.Depth), new(Height, stride.Height, dilation.Height), new(Width, stride.Width, dilation.Width)];

    public override string ToString() => $"{Depth}x{Height}x{Width}";
}
