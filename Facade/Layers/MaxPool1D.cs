using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Layers;

/// <summary>The largest value of each window of sequences (n, channels, length); an incomplete window at the end is dropped. The first of tied values has the gradient.</summary>
/// <param name="Stride">From one window to the next; a whole window when not given.</param>
/// <param name="Padding">How far windows reach beyond both ends of every axis, at most half a window.</param>
/// <param name="Partial">An incomplete window at the end counts too. (Lasagne's ignore_border=False, PyTorch's ceil_mode.)</param>
public sealed record MaxPool1D(int Size, int? Stride = null, int Padding = 0, bool Partial = false) : Pooling(Padding, Partial)
{
    public override string Kind => "max_pool";

    private protected override ImmutableArray<PoolWindow> Windows => Padded([new(Size, Stride ?? Size)]);

    private protected override Expr Pooled(Expr input) => input.MaxPool(Windows, Partial);
}
