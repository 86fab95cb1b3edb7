using System.Collections.Immutable;

namespace AutoDiffAE.Layers;

/// <summary>Each axis of sequences (n, channels, length) so many times as long: values repeated, interpolated or zeros between them.</summary>
public sealed record Upscale1D(int Factor, UpscaleMode Mode = UpscaleMode.Repeat) : Upscale(Mode)
{
    private protected override ImmutableArray<int> Factors => [Factor];
}
