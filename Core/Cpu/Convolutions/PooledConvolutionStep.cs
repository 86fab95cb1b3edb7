using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>The maxima of a convolution's windows, with a bias for each filter, and their places where they are asked for.</summary>
internal sealed unsafe class PooledConvolutionStep<V, T>(ConvolutionGeometry geometry, ConvolutionPool pool, int x, int w, int? bias, int maxima, int? places) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(nint* slots, Workers workers)
    {
        if (geometry.IsEmpty) return;
        lock (workers.Exclusive)
            ChannelConvolution<V, T>.Run(geometry, (T*)slots[x], (T*)slots[w], false, bias is int b ? (T*)slots[b] : null, pool,
                (T*)slots[maxima], places is int p ? (T*)slots[p] : null, workers);
    }
}
