using System.Collections.Immutable;

namespace AutoDiffAE.Layers;

/// <summary>Each axis of images (n, channels, height, width) so many times as long: values repeated, interpolated (bilinear) or zeros between them.</summary>
public sealed record Upscale2D(Size2D Factor, UpscaleMode Mode = UpscaleMode.Repeat) : Upscale(Mode)
{
    private protected override ImmutableArray<int> Factors => [Factor.Height, Factor.Width];
}
