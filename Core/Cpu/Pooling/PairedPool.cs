using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Maxima over windows that tile the last two axes and are two wide: (rows·height, 2·width) → (rows, width), with the place of the first
/// maximum in its window, row-major; and the way back, a value at that place among zeros; or both at once. A chunk is some rows of windows.
/// </summary>
internal static unsafe class PairedPool<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkElements = 1 << 14;

    public struct Job
    {
        /// <summary>Rows of windows.</summary>
        public int Rows;

        /// <summary>Windows of a row.</summary>
        public int Width;

        /// <summary>Rows of a window.</summary>
        public int Height;

        /// <summary>The array of windows, 2·Width long, Height of them for each row.</summary>
        public T* Windows;

        /// <summary>One number a window: the maxima, or what is put at their places.</summary>
        public T* Values;

        public T* Places;

        /// <summary>Another array of windows, of which the maxima are, where values are put in their places at once.</summary>
        public T* Source;

        public readonly int RowsOfChunk => Math.Max(1, ChunkElements / (2 * Width * Height));

        public readonly int Chunks => (Rows + RowsOfChunk - 1) / RowsOfChunk;

        /// <summary>
        /// Whether so many rows to the chunk's end leave room for a vector that is longer than a row: what it reads there is valid, and what it
        /// writes there is written again by the rows that follow.
        /// </summary>
        public readonly bool HasRoom(int rows) => rows > V.Count || (long)rows * Width >= V.Count && ((long)(rows - 1) * Height + 1) * Width >= V.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reduce(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        int width = job.Width, last = Math.Min((chunk + 1) * job.RowsOfChunk, job.Rows);
        T* copied = stackalloc T[V.Count * 2 * job.Height], kept = stackalloc T[2 * V.Count];
        for (int row = chunk * job.RowsOfChunk; row < last; row++)
        {
            T* source = job.Windows + (nint)row * job.Height * 2 * width, values = job.Values + (nint)row * width, places = job.Places == null ? null : job.Places + (nint)row * width;
            if (width >= V.Count || job.HasRoom(last - row))
            {
                for (int i = 0; i < width; i += V.Count)
                {
                    int at = Math.Max(0, Math.Min(i, width - V.Count));
                    Reduce(source + 2 * at, 2 * width, job.Height, values + at, places == null ? null : places + at);
                }
            }
            else
            {
                for (int i = 0; i < job.Height; i++) Memory.Copy(source + i * 2 * width, copied + i * 2 * V.Count, 2 * width);
                Reduce(copied, 2 * V.Count, job.Height, kept, kept + V.Count);
                Memory.Copy(kept, values, width);
                if (places != null) Memory.Copy(kept + V.Count, places, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(T* source, nint next, int height, T* values, T* places)
    {
        Reduce(source, next, height, out V most, out V place);
        most.Store(values);
        if (places != null) place.Store(places);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(T* source, nint next, int height, out V most, out V place)
    {
        V a = V.Load(source), b = V.Load(source + V.Count);
        most = Shuffles<V, T>.Evens(a, b);
        place = default;
        // By far the most frequent height, with numbers that are known to the compiler.
        if (height == 2)
        {
            Take(Shuffles<V, T>.Odds(a, b), T.One, ref most, ref place);
            a = V.Load(source + next);
            b = V.Load(source + next + V.Count);
            Take(Shuffles<V, T>.Evens(a, b), T.CreateTruncating(2), ref most, ref place);
            Take(Shuffles<V, T>.Odds(a, b), T.CreateTruncating(3), ref most, ref place);
            return;
        }

        for (int i = 0; i < height; i++, source += next)
        {
            a = V.Load(source);
            b = V.Load(source + V.Count);
            Take(Shuffles<V, T>.Evens(a, b), T.CreateTruncating(2 * i), ref most, ref place);
            Take(Shuffles<V, T>.Odds(a, b), T.CreateTruncating(2 * i + 1), ref most, ref place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(V value, T at, ref V most, ref V place)
    {
        place = V.SelectBeyond(value, most, V.Splat(at), place);
        most = V.SelectBeyond(value, most, value, most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        int width = job.Width, last = Math.Min((chunk + 1) * job.RowsOfChunk, job.Rows);
        T* copied = stackalloc T[V.Count * 2], wide = stackalloc T[V.Count * 2 * job.Height], side = stackalloc T[V.Count];
        for (int i = 0; i < V.Count; i++) side[i] = T.CreateTruncating(i % 2);
        for (int row = chunk * job.RowsOfChunk; row < last; row++)
        {
            T* target = job.Windows + (nint)row * job.Height * 2 * width, values = job.Values + (nint)row * width, places = job.Places + (nint)row * width;
            if (width >= V.Count || job.HasRoom(last - row))
            {
                for (int i = 0; i < width; i += V.Count)
                {
                    int at = Math.Max(0, Math.Min(i, width - V.Count));
                    Spread(target + 2 * at, 2 * width, job.Height, V.Load(values + at), V.Load(places + at), V.Load(side));
                }
            }
            else
            {
                Memory.Copy(values, copied, width);
                Memory.Copy(places, copied + V.Count, width);
                Spread(wide, 2 * V.Count, job.Height, V.Load(copied), V.Load(copied + V.Count), V.Load(side));
                for (int i = 0; i < job.Height; i++) Memory.Copy(wide + i * 2 * V.Count, target + i * 2 * width, 2 * width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SpreadAtMaxima(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        int width = job.Width, last = Math.Min((chunk + 1) * job.RowsOfChunk, job.Rows);
        T* copied = stackalloc T[V.Count * 2 * job.Height], wide = stackalloc T[V.Count * 2 * job.Height], kept = stackalloc T[V.Count], side = stackalloc T[V.Count];
        for (int i = 0; i < V.Count; i++) side[i] = T.CreateTruncating(i % 2);
        for (int row = chunk * job.RowsOfChunk; row < last; row++)
        {
            nint first = (nint)row * job.Height * 2 * width;
            T* source = job.Source + first, target = job.Windows + first, values = job.Values + (nint)row * width;
            if (width >= V.Count || job.HasRoom(last - row))
            {
                for (int i = 0; i < width; i += V.Count)
                {
                    int at = Math.Max(0, Math.Min(i, width - V.Count));
                    Reduce(source + 2 * at, 2 * width, job.Height, out _, out V place);
                    Spread(target + 2 * at, 2 * width, job.Height, V.Load(values + at), place, V.Load(side));
                }
            }
            else
            {
                Memory.Copy(values, kept, width);
                for (int i = 0; i < job.Height; i++) Memory.Copy(source + i * 2 * width, copied + i * 2 * V.Count, 2 * width);
                Reduce(copied, 2 * V.Count, job.Height, out _, out V place);
                Spread(wide, 2 * V.Count, job.Height, V.Load(kept), place, V.Load(side));
                for (int i = 0; i < job.Height; i++) Memory.Copy(wide + i * 2 * V.Count, target + i * 2 * width, 2 * width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(T* target, nint next, int height, V value, V place, V side)
    {
        V low = Shuffles<V, T>.DoubleLow(value), high = Shuffles<V, T>.DoubleHigh(value);
        V lowPlace = Shuffles<V, T>.DoubleLow(place) - side, highPlace = Shuffles<V, T>.DoubleHigh(place) - side;
        if (height == 2)
        {
            Put(lowPlace, T.Zero, low, target);
            Put(highPlace, T.Zero, high, target + V.Count);
            Put(lowPlace, T.CreateTruncating(2), low, target + next);
            Put(highPlace, T.CreateTruncating(2), high, target + next + V.Count);
            return;
        }

        for (int i = 0; i < height; i++, target += next)
        {
            Put(lowPlace, T.CreateTruncating(2 * i), low, target);
            Put(highPlace, T.CreateTruncating(2 * i), high, target + V.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(V places, T at, V values, T* target) => V.Select(V.Equal(places, V.Splat(at)), values, default).Store(target);
}
