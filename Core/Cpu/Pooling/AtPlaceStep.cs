using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>Values at places among zeros, bound to sizes.</summary>
internal sealed unsafe class AtPlaceStep<V, T>(int[] sizes, int values, int places, int target) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int, int, int) _sizes = PairedPools.Sizes(sizes);

    public void Run(nint* slots, Workers workers)
    {
        var job = PairedPools.Job<V, T>(_sizes, (T*)slots[target], (T*)slots[values], (T*)slots[places]);
        if (job.Rows > 0 && job.Width > 0) workers.Run(job.Chunks, &PairedPool<V, T>.Spread, &job);
    }
}
