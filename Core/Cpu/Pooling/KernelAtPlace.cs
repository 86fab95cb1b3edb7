using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The kernel's gradient of a convolution of which only maxima were kept: each pooled cotangent has one source, so of x only the patch
/// under that source takes part, dw[o] = Σₙ Σ_q dy[o, q] patch(place(o, q)). A patch is read row by row where it lies, by vectors R no
/// longer than they must be. A chunk takes some images; their number is decided by the sizes alone.
/// </summary>
internal static unsafe class KernelAtPlace<V, R, T>
    where V : unmanaged, ILanes<V, T>
    where R : unmanaged, ILanes<R, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostPieces = 16;

    /// <summary>Rows of a patch that are added at once: as many as hide the latency of an addition.</summary>
    private const int InFlight = 8;

    private struct Job
    {
        public ConvolutionGeometry G;
        public ConvolutionView View;
        public int Windows;
        public int Segments;
        public int Rows;
        public int* WindowAt;
        public int* TapAt;
        public int* RowAt;
        public int Pieces;
        public T* X;
        public T* Dy;
        public T* Places;
        public T* Target;
        public void** Scratch;
        public nuint SumsAt;
    }

    public static void Run(in ConvolutionGeometry g, ConvolutionPool pool, T* x, T* dy, T* places, T* dw, Workers workers)
    {
        var view = ConvolutionView.OfInput(g, mayBeDirect: false);
        int down = g.Height.Output / pool.Height, across = g.Width.Output / pool.Width;
        var job = new Job { G = g, View = view, Windows = down * across, X = x, Dy = dy, Places = places, Pieces = Math.Min(MostPieces, g.Batch) };
        job.Segments = (g.Width.Kernel + R.Count - 1) / R.Count;
        job.Rows = (g.InChannels * g.Height.Kernel * job.Segments + InFlight - 1) / InFlight * InFlight;

        nuint tapsAt = Scratch.Round((nuint)job.Windows * sizeof(int));
        nuint rowsAt = tapsAt + Scratch.Round((nuint)pool.Taps * sizeof(int));
        nuint partialsAt = rowsAt + Scratch.Round((nuint)job.Rows * sizeof(int));
        byte* common = (byte*)workers.Common(partialsAt + (nuint)(job.Pieces * g.KernelSize * sizeof(T)));
        job.WindowAt = (int*)common;
        job.TapAt = (int*)(common + tapsAt);
        job.RowAt = (int*)(common + rowsAt);
        job.Target = job.Pieces > 1 ? (T*)(common + partialsAt) : dw;
        for (int q = 0; q < job.Windows; q++) job.WindowAt[q] = checked((int)(q / across * pool.Height * view.Row + q % across * pool.Width));
        for (int t = 0; t < pool.Taps; t++) job.TapAt[t] = (int)(t / pool.Width * view.Row + t % pool.Width);
        for (int row = 0; row < job.Rows; row++) job.RowAt[row] = RowAt(job, row);

        job.SumsAt = Scratch.Round((nuint)((g.InChannels * view.Channel + R.Count) * sizeof(T)));
        job.Scratch = workers.Reserve(job.SumsAt + (nuint)((nint)g.OutChannels * job.Rows * R.Count * sizeof(T)));
        workers.Run(job.Pieces, &RunChunk, &job);
        if (job.Pieces > 1) Partials<V, T>.Add(job.Target, job.Pieces, g.KernelSize, dw, workers);
    }

    /// <summary>Where a segment of a patch's row begins; rows that fill up the last pass are the first one again.</summary>
    private static int RowAt(in Job job, int row)
    {
        int segment = row % job.Segments, h = row / job.Segments % job.G.Height.Kernel, channel = row / job.Segments / job.G.Height.Kernel;
        return channel < job.G.InChannels ? checked((int)(channel * job.View.Channel + h * job.View.Row + segment * R.Count)) : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int piece, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionGeometry g = ref job.G;
        byte* scratch = (byte*)job.Scratch[worker];
        T* view = (T*)scratch, sums = (T*)(scratch + job.SumsAt);
        nint filter = (nint)job.Rows * R.Count;
        Memory.Clear(sums, g.OutChannels * filter);
        Memory.Clear(view + g.InChannels * job.View.Channel, R.Count);
        for (int image = (int)((long)g.Batch * piece / job.Pieces); image < (int)((long)g.Batch * (piece + 1) / job.Pieces); image++)
        {
            job.View.Copy(job.X + (nint)image * g.InChannels * g.InputVolume, g.InChannels, view);
            nint at = (nint)image * g.OutChannels * job.Windows;
            for (int o = 0; o < g.OutChannels; o++, at += job.Windows)
            for (int row = 0; row < job.Rows; row += InFlight)
            {
                Add(job.Dy + at, job.Places + at, job.WindowAt, job.TapAt, job.Windows, view, job.RowAt + row, sums + o * filter + row * R.Count);
            }
        }

        T* target = job.Target + piece * g.KernelSize;
        for (int o = 0; o < g.OutChannels; o++)
        for (int i = 0; i < g.InChannels; i++, target += g.Taps)
        for (int h = 0; h < g.Height.Kernel; h++)
        for (int w = 0; w < g.Width.Kernel; w++)
        {
            target[g.Weight(0, h, w)] = sums[o * filter + (i * g.Height.Kernel + h) * job.Segments * R.Count + w];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* dy, T* places, int* windowAt, int* tapAt, int count, T* view, int* rowAt, T* sums)
    {
        R a0 = R.Load(sums), a1 = R.Load(sums + R.Count), a2 = R.Load(sums + 2 * R.Count), a3 = R.Load(sums + 3 * R.Count);
        R a4 = R.Load(sums + 4 * R.Count), a5 = R.Load(sums + 5 * R.Count), a6 = R.Load(sums + 6 * R.Count), a7 = R.Load(sums + 7 * R.Count);
        view += rowAt[0];
        nint r1 = rowAt[1] - rowAt[0], r2 = rowAt[2] - rowAt[0], r3 = rowAt[3] - rowAt[0], r4 = rowAt[4] - rowAt[0];
        nint r5 = rowAt[5] - rowAt[0], r6 = rowAt[6] - rowAt[0], r7 = rowAt[7] - rowAt[0];
        for (int q = 0; q < count; q++)
        {
            T* patch = view + windowAt[q] + tapAt[T.ConvertToIntegerNative<int>(places[q])];
            R x = R.Splat(dy[q]);
            a0 = R.MultiplyAdd(x, R.Load(patch), a0);
            a1 = R.MultiplyAdd(x, R.Load(patch + r1), a1);
            a2 = R.MultiplyAdd(x, R.Load(patch + r2), a2);
            a3 = R.MultiplyAdd(x, R.Load(patch + r3), a3);
            a4 = R.MultiplyAdd(x, R.Load(patch + r4), a4);
            a5 = R.MultiplyAdd(x, R.Load(patch + r5), a5);
            a6 = R.MultiplyAdd(x, R.Load(patch + r6), a6);
            a7 = R.MultiplyAdd(x, R.Load(patch + r7), a7);
        }

        a0.Store(sums);
        a1.Store(sums + R.Count);
        a2.Store(sums + 2 * R.Count);
        a3.Store(sums + 3 * R.Count);
        a4.Store(sums + 4 * R.Count);
        a5.Store(sums + 5 * R.Count);
        a6.Store(sums + 6 * R.Count);
        a7.Store(sums + 7 * R.Count);
    }
}
