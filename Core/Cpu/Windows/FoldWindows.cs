using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>What the folding of windows needs while it runs.</summary>
internal unsafe struct FoldWindowsState<T> where T : unmanaged
{
    public PoolGeometry Geometry;

    /// <summary>The leading axes; the target is operand 0, the source operand 1.</summary>
    public StridedLoop Lead;

    /// <summary>The strides of the source over windows and over taps: depth, row, column.</summary>
    public FoldStrides Windows, Taps;
    public T* Target, Source;
    public long RowsPerChunk;
}

internal readonly record struct FoldStrides(long Depth, long Row, long Column);

/// <summary>
/// What lies on one position is added there, a row of the target at a time: it gathers the rows of windows that reach it in the order
/// of their taps, so its bits depend on nobody else's work.
/// </summary>
internal static unsafe class FoldWindows<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="state">A <see cref="FoldWindowsState{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chunk(void* state, int chunk, int worker)
    {
        var fold = (FoldWindowsState<T>*)state;
        var g = &fold->Geometry;
        var rows = (long)g->Depth.Size * g->Row.Size;
        var first = chunk * fold->RowsPerChunk;
        var end = Math.Min(first + fold->RowsPerChunk, g->Lead * rows);
        for (var unit = first; unit < end; unit++)
        {
            var (volume, rest) = Math.DivRem(unit, rows);
            var (depth, row) = Math.DivRem(rest, g->Row.Size);
            var target = fold->Target + unit * g->Column.Size;
            var source = fold->Source + fold->Lead.Offset(1, fold->Lead.Rank, volume);
            Memory.Clear(target, g->Column.Size);
            for (var d = 0; d < g->Depth.Taps; d++)
            {
                if (!Window(g->Depth, depth, d, out var od)) continue;
                for (var r = 0; r < g->Row.Taps; r++)
                    if (Window(g->Row, row, r, out var or))
                        Row(target, source + od * fold->Windows.Depth + or * fold->Windows.Row + d * fold->Taps.Depth + r * fold->Taps.Row, fold);
            }
        }
    }

    /// <summary>The window whose tap lies on a position, if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Window(in PoolAxis axis, long position, int tap, out long window)
    {
        var start = position - (long)tap * axis.Dilation;
        window = start / axis.Stride;
        return start >= 0 && window * axis.Stride == start && window < axis.Count;
    }

    /// <summary>target[o · stride + k · dilation] += source[o, k]</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(T* target, T* source, FoldWindowsState<T>* fold)
    {
        var line = fold->Geometry.Column;
        var step = fold->Windows.Column;
        for (var k = 0; k < line.Taps; k++, target += line.Dilation, source += fold->Taps.Column)
        {
            var j = 0L;
            if (line.Stride == 1 && step == 1)
                for (; j + V.Count <= line.Count; j += V.Count) (V.Load(target + j) + V.Load(source + j)).Store(target + j);
            for (; j < line.Count; j++) target[j * line.Stride] += source[j * step];
        }
    }
}
