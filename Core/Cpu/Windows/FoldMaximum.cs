using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>What the folding of maxima needs while it runs.</summary>
internal unsafe struct FoldMaximumState<T> where T : unmanaged
{
    public PoolGeometry Geometry;
    public T* Target, Source, Given;

    /// <summary>Where each tap lies, from the first one of its window.</summary>
    public long* Offsets;

    /// <summary>A volume of several rows and no depth may be cut into bands of rows; others are one band.</summary>
    public long BandRows, Bands;
    public void** Scratch;
}

/// <summary>
/// A number for each window, added where the window has its first maximum in row-major order; a NaN is larger than every number. A chunk
/// is a band of target rows, and the windows that reach into it are taken in their order. So an element's terms are added in one order,
/// whoever adds them.
/// </summary>
internal static unsafe class FoldMaximum<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="state">A <see cref="FoldMaximumState{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chunk(void* state, int chunk, int worker)
    {
        var fold = (FoldMaximumState<T>*)state;
        var g = &fold->Geometry;
        var places = (T*)fold->Scratch[worker];
        var (volume, band) = Math.DivRem(chunk, fold->Bands);
        var whole = fold->Bands == 1;
        var (first, end) = (band * fold->BandRows, Math.Min((band + 1) * fold->BandRows, g->Row.Size));
        var target = fold->Target + volume * g->Plane;
        if (whole) Memory.Clear(target, (nint)g->Plane);
        else Memory.Clear(target + first * g->Column.Size, (nint)((end - first) * g->Column.Size));
        var (firstRow, endRow) = whole ? (0, g->Row.Count) : g->Row.Touching(first, end);
        for (var depth = 0L; depth < g->Depth.Count; depth++)
            for (var row = firstRow; row < endRow; row++)
            {
                var start = g->Start(depth, row);
                Find(places, fold->Source + volume * g->Plane + start, fold->Offsets, g->Taps, g->Column);
                var given = fold->Given + (volume * g->WindowRows + depth * g->Row.Count + row) * g->Column.Count;
                var top = row * g->Row.Stride;
                var inside = whole || (top >= first && top + (long)(g->Row.Taps - 1) * g->Row.Dilation < end);
                if (inside) Add(target + start, places, given, fold->Offsets, g->Column);
                else AddWithin(target + start, places, given, fold->Offsets, g, (first - top) * g->Column.Size, (end - top) * g->Column.Size);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* target, T* places, T* given, long* offsets, PoolAxis line)
    {
        for (var j = 0; j < line.Count; j++, target += line.Stride) target[offsets[int.CreateTruncating(places[j])]] += given[j];
    }

    /// <summary>The same where some of the taps lie in rows of another band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWithin(T* target, T* places, T* given, long* offsets, PoolGeometry* g, long from, long to)
    {
        for (var j = 0; j < g->Column.Count; j++)
        {
            var at = (long)j * g->Column.Stride + offsets[int.CreateTruncating(places[j])];
            if (at >= from && at < to) target[at] += given[j];
        }
    }

    /// <summary>The number of each window's tap that has the first maximum, for a row of windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Find(T* places, T* source, long* offsets, int taps, PoolAxis line)
    {
        var (c, j, n) = (V.Count, 0L, (long)line.Count);
        // The second load of a pair reaches one element past the last window's tap, which the row may not have.
        var vectors = line.Stride == 1 || (line.Stride == 2 && 2 * n - 1 + (line.Taps - 1L) * line.Dilation < line.Size) ? n : n - 1;
        if (line.Stride <= 2 && vectors >= c)
            for (; j < vectors; j += c)
            {
                var at = Math.Min(j, vectors - c);
                if (line.Stride == 1) FindOnce<Plain>(places + at, source + at, offsets, taps);
                else FindOnce<Second>(places + at, source + 2 * at, offsets, taps);
            }
        for (j = Math.Min(j, vectors); j < n; j++)
        {
            var x = source + j * line.Stride;
            var (greatest, place) = (x[offsets[0]], 0);
            for (var k = 1; k < taps; k++)
            {
                var value = x[offsets[k]];
                if (value <= greatest || T.IsNaN(greatest)) continue;
                (greatest, place) = (value, k);
            }
            places[j] = T.CreateTruncating(place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FindOnce<R>(T* places, T* source, long* offsets, int taps) where R : struct, IReading
    {
        var (greatest, place, one) = (R.Load(source + offsets[0]), V.Splat(T.Zero), V.Splat(T.One));
        var number = one;
        for (var k = 1; k < taps; k++, number += one)
        {
            var value = R.Load(source + offsets[k]);
            // Not value ≤ greatest, which a NaN is not either, unless a NaN was found before.
            var newer = (one - V.GreaterOrEqual(greatest, value)) * V.Equal(greatest, greatest);
            greatest = V.Select(newer, value, greatest);
            place = V.Select(newer, number, place);
        }
        place.Store(places);
    }

    private interface IReading
    {
        static abstract V Load(T* source);
    }

    private struct Plain : IReading
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load(T* source) => V.Load(source);
    }

    private struct Second : IReading
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load(T* source) => Shuffles<V, T>.Evens(V.Load(source), V.Load(source + V.Count));
    }
}
