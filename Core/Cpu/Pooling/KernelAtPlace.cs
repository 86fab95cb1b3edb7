using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The kernel's gradient of a convolution of which only maxima were kept: each pooled cotangent has one source, so of x only the patch
/// under that source takes part, dw[o] = Σₙ Σ_q dy[o, q] patch(place(o, q)). A row of a patch is a vector R no longer than it must be, and as
/// many rows as fit are laid out side by side for every place of a band, so that a patch is a few whole aligned vectors V. A chunk takes some
/// images; their number is decided by the sizes alone.
/// </summary>
internal static unsafe class KernelAtPlace<V, R, T>
    where V : unmanaged, ILanes<V, T>
    where R : unmanaged, ILanes<R, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostPieces = 16;

    /// <summary>The patches of a band of windows stay in a core's second cache.</summary>
    private const int BandBytes = 256 << 10;

    /// <summary>Vectors of a patch that are added at once, of two windows: as many as hide the latency of an addition.</summary>
    private const int InFlight = 4;

    /// <summary>Rows of a patch side by side in a vector.</summary>
    private static int Beside => V.Count / R.Count;

    private struct Job
    {
        public ConvolutionGeometry G;
        public ConvolutionPool Pool;
        public ConvolutionView View;
        public int Down, Across;
        public int Band;
        public int Columns;
        public int Segments;
        public int Stacks;
        public int Vectors;
        public int* VectorAt;
        public T* WindowAt;
        public int Pieces;
        public T* X;
        public T* Dy;
        public T* Places;
        public T* Target;
        public void** Scratch;
        public nuint PatchesAt, SourcesAt, SumsAt;

        /// <summary>Rows that begin a patch's vector, in a band of so many rows of windows.</summary>
        public readonly int Rows(int band) => band * Pool.Height + (Stacks - 1) * Beside;
    }

    public static void Run(in ConvolutionGeometry g, ConvolutionPool pool, T* x, T* dy, T* places, T* dw, Workers workers)
    {
        var view = ConvolutionView.OfInput(g, mayBeDirect: false);
        var job = new Job { G = g, Pool = pool, View = view, X = x, Dy = dy, Places = places, Pieces = Math.Min(MostPieces, g.Batch) };
        (job.Down, job.Across) = (g.Height.Output / pool.Height, g.Width.Output / pool.Width);
        job.Segments = (g.Width.Kernel + R.Count - 1) / R.Count;
        job.Stacks = (g.Height.Kernel + Beside - 1) / Beside;
        job.Columns = job.Across * pool.Width + (job.Segments - 1) * R.Count;
        job.Vectors = (g.InChannels * job.Stacks * job.Segments + InFlight - 1) / InFlight * InFlight;
        long row = (long)g.InChannels * pool.Height * job.Columns * V.Count * sizeof(T);
        job.Band = (int)Math.Clamp(BandBytes / row, 1, job.Down);
        _ = checked((int)(row / sizeof(T) * (job.Band + (job.Stacks - 1) * Beside)));

        nuint windowsAt = Scratch.Round((nuint)job.Vectors * sizeof(int));
        nuint partialsAt = windowsAt + Scratch.Round((nuint)(job.Band * job.Across * sizeof(T)));
        byte* common = (byte*)workers.Common(partialsAt + (nuint)(job.Pieces * g.KernelSize * sizeof(T)));
        job.VectorAt = (int*)common;
        job.WindowAt = (T*)(common + windowsAt);
        job.Target = job.Pieces > 1 ? (T*)(common + partialsAt) : dw;
        for (int v = 0; v < job.Vectors; v++) job.VectorAt[v] = VectorAt(job, v);
        for (int q = 0; q < job.Band * job.Across; q++) job.WindowAt[q] = T.CreateTruncating(q / job.Across * pool.Height * job.Columns + q % job.Across * pool.Width);

        // The last stack may reach below the last row, the last segment beyond the last column.
        job.PatchesAt = Scratch.Round((nuint)((g.InChannels * view.Channel + Beside * view.Row + job.Columns + R.Count) * sizeof(T)));
        job.SourcesAt = job.PatchesAt + Scratch.Round((nuint)((nint)g.InChannels * job.Rows(job.Band) * job.Columns * V.Count * sizeof(T)));
        job.SumsAt = job.SourcesAt + Scratch.Round((nuint)(((nint)job.Down * job.Across + V.Count) * sizeof(T)));
        job.Scratch = workers.Reserve(job.SumsAt + (nuint)((nint)g.OutChannels * job.Vectors * V.Count * sizeof(T)));
        workers.Run(job.Pieces, &RunChunk, &job);
        if (job.Pieces > 1) Partials<V, T>.Add(job.Target, job.Pieces, g.KernelSize, dw, workers);
    }

    /// <summary>Where a vector of a patch stands, from the patch's first; those that fill up the last pass are the first one again.</summary>
    private static int VectorAt(in Job job, int vector)
    {
        int segment = vector % job.Segments, stack = vector / job.Segments % job.Stacks, channel = vector / job.Segments / job.Stacks;
        return channel < job.G.InChannels ? ((channel * job.Rows(job.Band) + stack * Beside) * job.Columns + segment * R.Count) * V.Count : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int piece, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionGeometry g = ref job.G;
        byte* scratch = (byte*)job.Scratch[worker];
        T* view = (T*)scratch, patches = (T*)(scratch + job.PatchesAt), sources = (T*)(scratch + job.SourcesAt), sums = (T*)(scratch + job.SumsAt);
        nint filter = (nint)job.Vectors * V.Count, windows = (nint)job.Down * job.Across;
        Memory.Clear(sums, g.OutChannels * filter);
        Memory.Clear(view + g.InChannels * job.View.Channel, Beside * job.View.Row + job.Columns + R.Count);
        for (int image = (int)((long)g.Batch * piece / job.Pieces); image < (int)((long)g.Batch * (piece + 1) / job.Pieces); image++)
        {
            job.View.Copy(job.X + (nint)image * g.InChannels * g.InputVolume, g.InChannels, view);
            for (int band = 0; band < job.Down; band += job.Band)
            {
                int rows = Math.Min(job.Band, job.Down - band), count = rows * job.Across;
                LayOut(ref job, view + band * job.Pool.Height * job.View.Row, job.Rows(rows), patches);
                nint at = (nint)image * g.OutChannels * windows + (nint)band * job.Across;
                for (int o = 0; o < g.OutChannels; o++, at += windows)
                {
                    Locate(ref job, job.Places + at, count, sources);
                    for (int v = 0; v < job.Vectors; v += InFlight)
                    {
                        Add(job.Dy + at, sources, count, patches, job.VectorAt + v, sums + o * filter + v * V.Count);
                    }
                }
            }
        }

        T* target = job.Target + piece * g.KernelSize;
        for (int o = 0; o < g.OutChannels; o++)
        for (int i = 0; i < g.InChannels; i++, target += g.Taps)
        for (int h = 0; h < g.Height.Kernel; h++)
        for (int w = 0; w < g.Width.Kernel; w++)
        {
            int vector = (i * job.Stacks + h / Beside) * job.Segments + w / R.Count;
            target[g.Weight(0, h, w)] = sums[o * filter + vector * V.Count + h % Beside * R.Count + w % R.Count];
        }
    }

    /// <summary>patches[channel, y, x] is the rows y, y + 1, … of the view from column x on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayOut(ref Job job, T* view, int rows, T* patches)
    {
        nint row = job.View.Row;
        int columns = job.Columns, beside = Beside;
        for (int channel = 0; channel < job.G.InChannels; channel++)
        for (int y = 0; y < rows; y++)
        {
            T* from = view + channel * job.View.Channel + y * row, to = patches + ((nint)channel * job.Rows(job.Band) + y) * columns * V.Count;
            for (int r = 0; r < beside; r++)
            for (int x = 0; x < columns; x++) R.Load(from + r * row + x).Store(to + x * V.Count + r * R.Count);
        }
    }

    /// <summary>Which patch each maximum is of: its window's first plus ⌊t / width⌋ rows and the rest in columns. Numbers so small are exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Locate(ref Job job, T* places, int count, T* sources)
    {
        T across = T.One / T.CreateTruncating(job.Pool.Width), half = across / T.CreateTruncating(2);
        V step = V.Splat(T.CreateTruncating(job.Columns - job.Pool.Width)), scale = V.Splat(across), shift = V.Splat(half);
        if (count < V.Count)
        {
            for (int q = 0; q < count; q++) sources[q] = T.Floor(places[q] * across + half) * T.CreateTruncating(job.Columns - job.Pool.Width) + places[q] + job.WindowAt[q];
            return;
        }

        // The last vector overlaps the one before it.
        for (int from = 0; from < count; from += V.Count)
        {
            int q = Math.Min(from, count - V.Count);
            V place = V.Load(places + q);
            V.MultiplyAdd(V.Floor(V.MultiplyAdd(place, scale, shift)), step, place + V.Load(job.WindowAt + q)).Store(sources + q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* dy, T* sources, int count, T* patches, int* vectorAt, T* sums)
    {
        V a0 = V.Load(sums), a1 = V.Load(sums + V.Count), a2 = V.Load(sums + 2 * V.Count), a3 = V.Load(sums + 3 * V.Count);
        V b0 = default, b1 = default, b2 = default, b3 = default;
        patches += vectorAt[0];
        nint r1 = vectorAt[1] - vectorAt[0], r2 = vectorAt[2] - vectorAt[0], r3 = vectorAt[3] - vectorAt[0];
        int q = 0;
        for (; q < count - 1; q += 2)
        {
            T* patch = patches + (nint)T.ConvertToIntegerNative<int>(sources[q]) * V.Count;
            V y = V.Splat(dy[q]);
            a0 = V.MultiplyAdd(y, V.Load(patch), a0);
            a1 = V.MultiplyAdd(y, V.Load(patch + r1), a1);
            a2 = V.MultiplyAdd(y, V.Load(patch + r2), a2);
            a3 = V.MultiplyAdd(y, V.Load(patch + r3), a3);
            patch = patches + (nint)T.ConvertToIntegerNative<int>(sources[q + 1]) * V.Count;
            y = V.Splat(dy[q + 1]);
            b0 = V.MultiplyAdd(y, V.Load(patch), b0);
            b1 = V.MultiplyAdd(y, V.Load(patch + r1), b1);
            b2 = V.MultiplyAdd(y, V.Load(patch + r2), b2);
            b3 = V.MultiplyAdd(y, V.Load(patch + r3), b3);
        }

        if (q < count)
        {
            T* patch = patches + (nint)T.ConvertToIntegerNative<int>(sources[q]) * V.Count;
            V y = V.Splat(dy[q]);
            a0 = V.MultiplyAdd(y, V.Load(patch), a0);
            a1 = V.MultiplyAdd(y, V.Load(patch + r1), a1);
            a2 = V.MultiplyAdd(y, V.Load(patch + r2), a2);
            a3 = V.MultiplyAdd(y, V.Load(patch + r3), a3);
        }

        (a0 + b0).Store(sums);
        (a1 + b1).Store(sums + V.Count);
        (a2 + b2).Store(sums + 2 * V.Count);
        (a3 + b3).Store(sums + 3 * V.Count);
    }
}
