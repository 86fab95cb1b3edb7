using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>The sum or maximum of each window, bound to sizes.</summary>
internal sealed unsafe class PoolStep<V, T, F>(PoolGeometry geometry, int source, int target) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IFold<V, T>
{
    private const long ChunkLoads = 65536;

    public void Run(nint* slots, Workers workers)
    {
        var rows = geometry.Lead * geometry.WindowRows;
        var loads = (long)geometry.Column.Size * (geometry.Depth.Taps * geometry.Row.Taps + geometry.Column.Taps);
        lock (workers.Exclusive)
        {
            var state = new PoolState<T>
            {
                Geometry = geometry,
                Source = (T*)slots[source],
                Target = (T*)slots[target],
                RowsPerChunk = Math.Max(1, ChunkLoads / loads),
                Scratch = workers.Reserve((nuint)(Pool<V, T, F>.ScratchLength(geometry) * sizeof(T))),
            };
            workers.Run(checked((int)((rows + state.RowsPerChunk - 1) / state.RowsPerChunk)), &Pool<V, T, F>.Chunk, &state);
        }
    }
}
