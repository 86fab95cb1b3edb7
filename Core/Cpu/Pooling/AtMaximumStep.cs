using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>Values where the first maxima of windows are, bound to sizes.</summary>
internal sealed unsafe class AtMaximumStep<V, T>(int[] sizes, int source, int values, int target) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int, int, int) _sizes = PairedPools.Sizes(sizes);

    public void Run(nint* slots, Workers workers)
    {
        var job = PairedPools.Job<V, T>(_sizes, (T*)slots[target], (T*)slots[values], null) with { Source = (T*)slots[source] };
        if (job.Rows > 0 && job.Width > 0) workers.Run(job.Chunks, &PairedPool<V, T>.SpreadAtMaxima, &job);
    }
}
