using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>What a pooling needs while it runs.</summary>
internal unsafe struct PoolState<T> where T : unmanaged
{
    public PoolGeometry Geometry;
    public T* Target, Source;
    public long RowsPerChunk;
    public void** Scratch;
}

/// <summary>
/// Each window reduced to a number, axis after axis: the rows that a row of windows reads are combined first, then neighbours within that
/// one row, all of them, of which every stride-th is kept. So every load and every combination is of whole registers.
/// </summary>
internal static unsafe class Pool<V, T, F>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IFold<V, T>
{
    /// <summary>The elements that a worker's memory holds.</summary>
    public static long ScratchLength(in PoolGeometry g) => 2L * g.Column.Size;

    /// <param name="state">A <see cref="PoolState{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chunk(void* state, int chunk, int worker)
    {
        var pool = (PoolState<T>*)state;
        var g = &pool->Geometry;
        var combined = (T*)pool->Scratch[worker];
        var neighbours = combined + g->Column.Size;
        var (line, count) = (g->Column, g->Column.Count);
        var dense = (count - 1L) * line.Stride + 1;
        var used = dense + (line.Taps - 1L) * line.Dilation;
        var first = chunk * pool->RowsPerChunk;
        var end = Math.Min(first + pool->RowsPerChunk, g->Lead * g->WindowRows);
        var target = pool->Target + first * count;
        for (var unit = first; unit < end; unit++, target += count)
        {
            var (volume, rest) = Math.DivRem(unit, g->WindowRows);
            var (depth, row) = Math.DivRem(rest, g->Row.Count);
            var source = pool->Source + volume * g->Plane + g->Start(depth, row);
            if (g->Depth.Taps * g->Row.Taps > 1)
            {
                Rows(combined, source, g, used);
                source = combined;
            }
            if (line.Taps > 1)
            {
                var into = line.Stride == 1 ? target : neighbours;
                Neighbours(into, source, dense, line.Taps, line.Dilation);
                source = into;
            }
            if (source != target) Keep(target, source, line.Stride, count);
        }
    }

    /// <summary>target[j] = the elements j of all rows that the windows read, combined in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(T* target, T* source, PoolGeometry* g, long n)
    {
        var (deep, down) = ((long)g->Depth.Dilation * g->Row.Size * g->Column.Size, (long)g->Row.Dilation * g->Column.Size);
        if (n < V.Count)
        {
            for (var j = 0L; j < n; j++)
            {
                var value = source[j];
                for (var k = 1; k < g->Row.Taps; k++) value = F.Combine(value, source[j + k * down]);
                for (var d = 1; d < g->Depth.Taps; d++)
                    for (var k = 0; k < g->Row.Taps; k++) value = F.Combine(value, source[j + d * deep + k * down]);
                target[j] = value;
            }
            return;
        }
        for (var j = 0L; j < n; j += V.Count)
        {
            var at = source + Math.Min(j, n - V.Count);
            var value = V.Load(at);
            for (var k = 1; k < g->Row.Taps; k++) value = F.Combine(value, V.Load(at + k * down));
            for (var d = 1; d < g->Depth.Taps; d++)
                for (var k = 0; k < g->Row.Taps; k++) value = F.Combine(value, V.Load(at + d * deep + k * down));
            value.Store(target + Math.Min(j, n - V.Count));
        }
    }

    /// <summary>target[j] = source[j] ∘ source[j + dilation] ∘ …</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Neighbours(T* target, T* source, long n, int taps, int dilation)
    {
        if (n < V.Count)
        {
            for (var j = 0L; j < n; j++)
            {
                var value = source[j];
                for (var k = 1; k < taps; k++) value = F.Combine(value, source[j + (long)k * dilation]);
                target[j] = value;
            }
            return;
        }
        for (var j = 0L; j < n; j += V.Count)
        {
            var at = source + Math.Min(j, n - V.Count);
            var value = V.Load(at);
            for (var k = 1; k < taps; k++) value = F.Combine(value, V.Load(at + (long)k * dilation));
            value.Store(target + Math.Min(j, n - V.Count));
        }
    }

    /// <summary>target[j] = source[j · stride]</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(T* target, T* source, int stride, int n)
    {
        var j = 0L;
        if (stride == 1)
        {
            Buffer.MemoryCopy(source, target, n * (long)sizeof(T), n * (long)sizeof(T));
            return;
        }
        if (stride == 2)
            for (; j + V.Count < n; j += V.Count)
                Shuffles<V, T>.Evens(V.Load(source + 2 * j), V.Load(source + 2 * j + V.Count)).Store(target + j);
        for (; j < n; j++) target[j] = source[j * stride];
    }
}
