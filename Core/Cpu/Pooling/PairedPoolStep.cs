using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>Maxima and their places, bound to sizes.</summary>
internal sealed unsafe class MaximumPlaceStep<V, T>(int[] sizes, int source, int maxima, int places) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int, int, int) _sizes = PairedPools.Sizes(sizes);

    public void Run(nint* slots, Workers workers)
    {
        var job = PairedPools.Job<V, T>(_sizes, (T*)slots[source], (T*)slots[maxima], (T*)slots[places]);
        if (job.Rows > 0 && job.Width > 0) workers.Run(job.Chunks, &PairedPool<V, T>.Reduce, &job);
    }
}

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

internal static unsafe class PairedPools
{
    /// <summary>Rows, height and width of (lead…, rows, height, columns, 2).</summary>
    public static (int Rows, int Height, int Width) Sizes(int[] sizes) => (sizes[..^3].Aggregate(1, (a, b) => checked(a * b)), sizes[^3], sizes[^2]);

    public static PairedPool<V, T>.Job Job<V, T>((int Rows, int Height, int Width) sizes, T* windows, T* values, T* places)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            Rows = sizes.Rows,
            Height = sizes.Height,
            Width = sizes.Width,
            Windows = windows,
            Values = values,
            Places = places,
        };
}
