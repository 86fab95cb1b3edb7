using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>Numbers added where windows have their first maximum, bound to sizes.</summary>
internal sealed unsafe class FoldMaximumStep<V, T>(PoolGeometry geometry, int source, int given, int target) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long FewVolumes = 32;

    private readonly long[] _offsets = [.. Offsets(geometry)];

    public void Run(nint* slots, Workers workers)
    {
        // Few volumes are cut into bands, each many windows high, since windows on the border of two bands are looked at twice.
        var rows = geometry.Row.Size;
        var cut = geometry.Depth.Size == 1 && rows > 1 && geometry.Lead < FewVolumes;
        var band = cut ? Math.Max(8L * geometry.Row.Taps * geometry.Row.Dilation, rows * geometry.Lead / FewVolumes) : rows;
        lock (workers.Exclusive)
            fixed (long* offsets = _offsets)
            {
                var state = new FoldMaximumState<T>
                {
                    Geometry = geometry,
                    Source = (T*)slots[source],
                    Given = (T*)slots[given],
                    Target = (T*)slots[target],
                    Offsets = offsets,
                    BandRows = band,
                    Bands = (rows + band - 1) / band,
                    Scratch = workers.Reserve((nuint)(geometry.Column.Count * sizeof(T))),
                };
                workers.Run(checked((int)(geometry.Lead * state.Bands)), &FoldMaximum<V, T>.Chunk, &state);
            }
    }

    private static IEnumerable<long> Offsets(PoolGeometry g) =>
        from d in Enumerable.Range(0, g.Depth.Taps)
        from r in Enumerable.Range(0, g.Row.Taps)
        from c in Enumerable.Range(0, g.Column.Taps)
        select ((long)d * g.Depth.Dilation * g.Row.Size + (long)r * g.Row.Dilation) * g.Column.Size + (long)c * g.Column.Dilation;
}
