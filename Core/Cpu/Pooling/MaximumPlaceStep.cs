using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>Maxima and, where they are asked for, their places, bound to sizes.</summary>
internal sealed unsafe class MaximumPlaceStep<V, T>(int[] sizes, int source, int maxima, int? places) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int, int, int) _sizes = PairedPools.Sizes(sizes);

    public void Run(nint* slots, Workers workers)
    {
        var job = PairedPools.Job<V, T>(_sizes, (T*)slots[source], (T*)slots[maxima], places is int p ? (T*)slots[p] : null);
        if (job.Rows > 0 && job.Width > 0) workers.Run(job.Chunks, &PairedPool<V, T>.Reduce, &job);
    }
}
