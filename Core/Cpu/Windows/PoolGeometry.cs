using AutoDiffAE.Graph;

namespace AutoDiffAE.Cpu;

/// <summary>Windows over volumes: axes that are not there have one position, and all leading axes are one.</summary>
internal readonly record struct PoolGeometry(long Lead, PoolAxis Depth, PoolAxis Row, PoolAxis Column)
{
    /// <param name="taps">How windows lie on the last axes.</param>
    /// <param name="sizes">The sizes of the array that windows lie on.</param>
    public static PoolGeometry Of(IReadOnlyList<TapAxis> taps, int[] sizes)
    {
        var lead = sizes.Length - taps.Count;
        PoolAxis Axis(int fromLast)
        {
            var at = taps.Count - 1 - fromLast;
            if (at < 0) return PoolAxis.Unit;
            var (t, size) = (taps[at], sizes[lead + at]);
            return new(size, t.Taps, (size - t.Span) / t.Stride + 1, t.Stride, t.Dilation);
        }
        return new(sizes[..lead].Aggregate(1L, (a, b) => a * b), Axis(2), Axis(1), Axis(0));
    }

    /// <summary>The elements of one volume.</summary>
    public long Plane => (long)Depth.Size * Row.Size * Column.Size;

    public long WindowRows => (long)Depth.Count * Row.Count;

    public int Taps => Depth.Taps * Row.Taps * Column.Taps;

    /// <summary>Where a window's row of windows begins within its volume.</summary>
    public long Start(long depth, long row) => (depth * Depth.Stride * Row.Size + row * Row.Stride) * Column.Size;
}
