using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>Windows added where they lie, bound to sizes.</summary>
internal sealed unsafe class FoldWindowsStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long ChunkAdditions = 32768;

    private readonly PoolGeometry _geometry;
    private readonly StridedLoop _lead;
    private readonly FoldStrides _windows, _taps;
    private readonly int _source, _target;

    public FoldWindowsStep(Routine.FoldWindows routine, int[] source, int[] target, int from, int to)
    {
        var (r, lead) = (routine.Taps.Count, target.Length - routine.Taps.Count);
        var rowMajor = new long[source.Length];
        var stride = 1L;
        // A length of 1 has stride 0: where more are wanted, it stands for all of them.
        for (var i = source.Length - 1; i >= 0; i--) (rowMajor[i], stride) = (source[i] == 1 ? 0 : stride, stride * source[i]);
        long[] strides = [.. routine.Order.Select(a => rowMajor[a])];
        var outer = new long[lead];
        stride = 1;
        for (var i = lead - 1; i >= 0; i--) (outer[i], stride) = (stride, stride * target[i]);
        (_source, _target, _geometry) = (from, to, PoolGeometry.Of(routine.Taps, target));
        _lead = StridedLoop.Make([.. target[..lead].Select(s => (long)s)], [.. outer, .. strides[..lead]]);
        (_windows, _taps) = (Strides(strides[lead..(lead + r)]), Strides(strides[(lead + r)..]));
    }

    public void Run(nint* slots, Workers workers)
    {
        var g = _geometry;
        var rows = g.Lead * g.Depth.Size * g.Row.Size;
        var additions = (long)g.Column.Count * g.Taps / (g.Depth.Stride * g.Row.Stride) + g.Column.Size;
        var state = new FoldWindowsState<T>
        {
            Geometry = g,
            Lead = _lead,
            Windows = _windows,
            Taps = _taps,
            Source = (T*)slots[_source],
            Target = (T*)slots[_target],
            RowsPerChunk = Math.Max(1, ChunkAdditions / additions),
        };
        workers.Run(checked((int)((rows + state.RowsPerChunk - 1) / state.RowsPerChunk)), &FoldWindows<V, T>.Chunk, &state);
    }

    private static FoldStrides Strides(long[] s) => new(s.Length > 2 ? s[^3] : 0, s.Length > 1 ? s[^2] : 0, s[^1]);
}
