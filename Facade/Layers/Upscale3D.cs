using System.Collections.Immutable;

namespace AutoDiffAE.Layers;

/// <summary>Each axis of volumes (n, channels, depth, height, width) so many times as long: values repeated, interpolated (trilinear) or zeros between them.</summary>
public sealed record Upscale3D(Size3D Factor, UpscaleMode Mode = UpscaleMode.Repeat) : Upscale(Mode)
{
    private protected override ImmutableArray<int> Factors => [Factor.Depth, Factor.Height, Factor.Width];
}
