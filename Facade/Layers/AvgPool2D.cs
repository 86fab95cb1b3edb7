using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Layers;

/// <summary>The mean of each window of images (n, channels, height, width); an incomplete window at the end is dropped. (Lasagne's Pool with an average mode.)</summary>
/// <param name="Stride">From one window to the next; a whole window when not given.</param>
/// <param name="Padding">How far windows reach beyond both ends of every axis, at most half a window.</param>
/// <param name="Partial">An incomplete window at the end counts too: the mean of what it has.</param>
/// <param name="CountPadding">Zeros of the padding count as values: Lasagne's average_inc_pad, PyTorch's default. Without, average_exc_pad.</param>
public sealed record AvgPool2D(Size2D Size, Size2D? Stride = null, int Padding = 0, bool Partial = false, bool CountPadding = true) : Pooling(Padding, Partial)
{
    public override string Kind => "avg_pool";

    private protected override ImmutableArray<PoolWindow> Windows => Padded(Size.Windows(Stride ?? Size, 1));

    private protected override Expr Pooled(Expr input) => input.AveragePool(Windows, Partial, CountPadding);
}
