using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The kernel's gradient for few filters over many channels, with x's channels along the vectors: dw[o, (t, i)] = Σₙ Σₚ dy[o, p] x[p + shift(t), i],
/// x of one image laid channels-last in scratch. A chunk takes some images; their number is decided by the sizes alone.
/// </summary>
internal static unsafe class NarrowGradient<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Span = 256;
    private const int MostPieces = 16;

    private struct Job
    {
        public ConvolutionGeometry G;
        public ConvolutionView View;
        public Tile<V, T> Tile;
        public int Padded;
        public int Vectors;
        public int Places;
        public int Rows;
        public int* PlaceAt;
        public int* SourceAt;
        public int* SumAt;
        public int Pieces;
        public T* X;
        public T* Dy;
        public T* Target;
        public void** Scratch;
        public nuint LastAt;
        public nuint DyAt;
        public nuint SumsAt;
    }

    public static bool Serves(in ConvolutionGeometry g) =>
        g.Groups == 1 && g.InChannels >= V.Count && g.OutChannels < V.Count && 4 * g.InChannels >= 3 * new ChannelTiles<V, T>(g.InChannels).Padded
        && g.Depth.Stride == 1 && g.Height.Stride == 1 && g.Width.Stride == 1;

    public static void Run(in ConvolutionGeometry g, T* x, T* dy, T* dw, Workers workers)
    {
        var view = ConvolutionView.OfInput(g, mayBeDirect: true);
        int padded = new ChannelTiles<V, T>(g.InChannels).Padded, vectors = padded / V.Count * g.Taps;
        var tile = Tile<V, T>.For(g.OutChannels, vectors);
        var job = new Job { G = g, View = view, Tile = tile, Padded = padded, X = x, Dy = dy, Places = checked((int)g.OutputVolume) };
        job.Vectors = (vectors + tile.Vectors - 1) / tile.Vectors * tile.Vectors;
        job.Rows = (g.OutChannels + tile.Rows - 1) / tile.Rows * tile.Rows;
        job.Pieces = Math.Min(MostPieces, g.Batch);

        nuint sourcesAt = Scratch.Round((nuint)job.Places * sizeof(int));
        nuint sumAt = sourcesAt + Scratch.Round((nuint)job.Vectors * sizeof(int));
        nuint partialsAt = sumAt + Scratch.Round((nuint)job.Vectors * sizeof(int));
        byte* common = (byte*)workers.Common(partialsAt + (job.Pieces > 1 ? (nuint)(job.Pieces * g.KernelSize * sizeof(T)) : 0));
        job.PlaceAt = (int*)common;
        job.SourceAt = (int*)(common + sourcesAt);
        job.SumAt = (int*)(common + sumAt);
        job.Target = job.Pieces > 1 ? (T*)(common + partialsAt) : dw;
        Place(ref job);

        job.LastAt = Scratch.Round((nuint)((view.Direct ? 0 : g.InChannels * view.Channel + V.Count) * sizeof(T)));
        job.DyAt = job.LastAt + Scratch.Round((nuint)(view.Plane * padded * sizeof(T)));
        job.SumsAt = job.DyAt + Scratch.Round((nuint)((nint)job.Rows * job.Places * sizeof(T)));
        job.Scratch = workers.Reserve(job.SumsAt + (nuint)((nint)job.Rows * padded * g.Taps * sizeof(T)));
        workers.Run(job.Pieces, &RunChunk, &job);
        if (job.Pieces > 1) Partials<V, T>.Add(job.Target, job.Pieces, g.KernelSize, dw, workers);
    }

    private static void Place(ref Job job)
    {
        ref ConvolutionGeometry g = ref job.G;
        int n = 0;
        for (int d = 0; d < g.Depth.Output; d++)
        for (int h = 0; h < g.Height.Output; h++)
        for (int w = 0; w < g.Width.Output; w++) job.PlaceAt[n++] = checked((int)(d * job.View.Slice + h * job.View.Row + w) * job.Padded);
        n = 0;
        for (int d = 0; d < g.Depth.Kernel; d++)
        for (int h = 0; h < g.Height.Kernel; h++)
        for (int w = 0; w < g.Width.Kernel; w++)
        for (int i = 0; i < job.Padded; i += V.Count, n++)
        {
            job.SourceAt[n] = checked((int)job.View.Shift(d * g.Depth.Dilation, h * g.Height.Dilation, w * g.Width.Dilation) * job.Padded + i);
            job.SumAt[n] = g.Weight(d, h, w) * job.Padded + i;
        }

        for (; n < job.Vectors; n++) (job.SourceAt[n], job.SumAt[n]) = (job.SourceAt[n - 1], job.SumAt[n - 1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int piece, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionGeometry g = ref job.G;
        byte* scratch = (byte*)job.Scratch[worker];
        T* last = (T*)(scratch + job.LastAt), copied = (T*)(scratch + job.DyAt), sums = (T*)(scratch + job.SumsAt);
        nint row = (nint)job.Padded * g.Taps;
        bool copy = job.Rows != g.OutChannels;
        Memory.Clear(sums, job.Rows * row);
        if (job.Padded != g.InChannels) Memory.Clear(last, job.View.Plane * job.Padded);
        if (copy) Memory.Clear(copied, (nint)job.Rows * job.Places);
        for (int image = (int)((long)g.Batch * piece / job.Pieces); image < (int)((long)g.Batch * (piece + 1) / job.Pieces); image++)
        {
            T* view = job.X + (nint)image * g.InChannels * g.InputVolume, dy = job.Dy + (nint)image * g.OutChannels * job.Places;
            nint channel = g.InputVolume, plane = g.InputVolume - job.View.Begin;
            if (!job.View.Direct)
            {
                job.View.Copy(view, g.InChannels, (T*)scratch);
                view = (T*)scratch;
                (channel, plane) = (job.View.Channel, job.View.Plane);
            }

            if (copy)
            {
                Memory.Copy(dy, copied, g.OutChannels * job.Places);
                dy = copied;
            }

            Transposition.Run(view + job.View.Begin, channel, g.InChannels, (int)plane, last, job.Padded);
            for (int p = 0; p < job.Places; p += Span)
            for (int i = 0; i < g.OutChannels; i += job.Tile.Rows)
            for (int v = 0; v < job.Vectors; v += job.Tile.Vectors)
            {
                job.Tile.Run(Math.Min(Span, job.Places - p), dy + (nint)i * job.Places + p, job.Places, 1, last, job.PlaceAt + p, job.SourceAt + v,
                    sums + i * row, row, job.SumAt + v, Math.Min(job.Tile.Rows, g.OutChannels - i), true);
            }
        }

        T* target = job.Target + piece * g.KernelSize;
        for (int o = 0; o < g.OutChannels; o++)
            Transposition.Run(sums + o * row, job.Padded, g.Taps, g.InChannels, target + (nint)o * g.InChannels * g.Taps, g.Taps);
    }
}
