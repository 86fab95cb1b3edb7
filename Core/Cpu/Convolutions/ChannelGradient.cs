using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The kernel's gradient with y's channels along the vectors: dw[(i, t), o] = Σₙ Σₚ x[i, p + shift(t)] dy[p, o], where x is read as it
/// lies and dy of one image is laid channels-last in scratch. Places are taken some at a time, so that every tile finds them in the cache.
/// A chunk takes some images; their number is decided by the sizes alone.
/// </summary>
internal static unsafe class ChannelGradient<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Span = 256;
    private const int MostPieces = 16;

    private struct Job
    {
        public ConvolutionGeometry G;
        public ConvolutionView View;
        public ChannelTiles<V, T> Tiles;
        public int Places;
        public int Groups;
        public int* PlaceAt;
        public int* GroupAt;
        public int* Tap;
        public nint D1, D2, D3;
        public int Pieces;
        public T* X;
        public T* Dy;
        public T* Target;
        public void** Scratch;
        public nuint LastAt;
        public nuint SumsAt;
    }

    public static bool Serves(in ConvolutionGeometry g) =>
        ChannelConvolution<V, T>.Serves(g) && (g.InChannels % 4 == 0 || g.Width.Stride == 1);

    public static void Run(in ConvolutionGeometry g, T* x, T* dy, T* dw, Workers workers)
    {
        var view = ConvolutionView.OfInput(g, mayBeDirect: true);
        var job = new Job { G = g, View = view, Tiles = new(g.OutChannels), Places = checked((int)g.OutputVolume), X = x, Dy = dy };
        bool byChannel = g.InChannels % 4 == 0;
        int ofRow = byChannel ? g.Width.Kernel : (g.Width.Kernel + 3) / 4;
        job.Groups = (byChannel ? g.InChannels / 4 : g.InChannels) * g.Depth.Kernel * g.Height.Kernel * ofRow;
        job.Pieces = Math.Min(MostPieces, g.Batch);

        nuint groupsAt = Scratch.Round((nuint)job.Places * sizeof(int));
        nuint tapsAt = groupsAt + Scratch.Round((nuint)job.Groups * sizeof(int));
        nuint partialsAt = tapsAt + Scratch.Round((nuint)job.Groups * 4 * sizeof(int));
        byte* common = (byte*)workers.Common(partialsAt + (job.Pieces > 1 ? (nuint)(job.Pieces * g.KernelSize * sizeof(T)) : 0));
        job.PlaceAt = (int*)common;
        job.GroupAt = (int*)(common + groupsAt);
        job.Tap = (int*)(common + tapsAt);
        job.Target = job.Pieces > 1 ? (T*)(common + partialsAt) : dw;
        Place(ref job);
        Group(ref job, byChannel, ofRow);

        job.LastAt = Scratch.Round((nuint)((view.Direct ? 0 : g.InChannels * view.Channel + V.Count) * sizeof(T)));
        job.SumsAt = job.LastAt + Scratch.Round((nuint)((nint)job.Places * job.Tiles.Padded * sizeof(T)));
        job.Scratch = workers.Reserve(job.SumsAt + (nuint)((nint)job.Groups * 4 * job.Tiles.Padded * sizeof(T)));
        workers.Run(job.Pieces, &RunChunk, &job);
        if (job.Pieces > 1) Partials<V, T>.Add(job.Target, job.Pieces, g.KernelSize, dw, workers);
    }

    private static void Place(ref Job job)
    {
        int* at = job.PlaceAt;
        for (int d = 0; d < job.G.Depth.Output; d++)
        for (int h = 0; h < job.G.Height.Output; h++)
        for (int w = 0; w < job.G.Width.Output; w++) *at++ = checked((int)(d * job.View.Slice + h * job.View.Row + w));
    }

    /// <summary>A group is four channels of one tap, or else four neighbouring taps of a channel, the last ones of a row shifted back.</summary>
    private static void Group(ref Job job, bool byChannel, int ofRow)
    {
        ref ConvolutionGeometry g = ref job.G;
        nint step = byChannel ? job.View.Channel : g.Width.Dilation;
        int last = byChannel ? 3 : g.Width.Kernel - 1, n = 0;
        (job.D1, job.D2, job.D3) = (Math.Min(1, last) * step, Math.Min(2, last) * step, Math.Min(3, last) * step);
        for (int channel = 0; channel < g.InChannels; channel += byChannel ? 4 : 1)
        for (int d = 0; d < g.Depth.Kernel; d++)
        for (int h = 0; h < g.Height.Kernel; h++)
        for (int i = 0; i < ofRow; i++, n++)
        {
            int w = byChannel ? i : Math.Max(0, Math.Min(4 * i, g.Width.Kernel - 4));
            job.GroupAt[n] = checked((int)(channel * job.View.Channel + job.View.Shift(d * g.Depth.Dilation, h * g.Height.Dilation, w * g.Width.Dilation)));
            for (int row = 0; row < 4; row++)
                job.Tap[4 * n + row] = byChannel
                    ? (channel + row) * g.Taps + g.Weight(d, h, w)
                    : channel * g.Taps + g.Weight(d, h, w + Math.Min(row, last));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int piece, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionGeometry g = ref job.G;
        byte* scratch = (byte*)job.Scratch[worker];
        T* last = (T*)(scratch + job.LastAt), sums = (T*)(scratch + job.SumsAt);
        int padded = job.Tiles.Padded;
        Memory.Clear(sums, (nint)job.Groups * 4 * padded);
        if (padded != g.OutChannels) Memory.Clear(last, (nint)job.Places * padded);
        for (int image = (int)((long)g.Batch * piece / job.Pieces); image < (int)((long)g.Batch * (piece + 1) / job.Pieces); image++)
        {
            T* source = job.X + (nint)image * g.InChannels * g.InputVolume, view = source + job.View.Begin;
            if (!job.View.Direct)
            {
                view = (T*)scratch;
                job.View.Copy(source, g.InChannels, view);
            }

            Transposition.Run(job.Dy + (nint)image * g.OutChannels * g.OutputVolume, g.OutputVolume, g.OutChannels, job.Places, last, padded);
            for (int p = 0; p < job.Places; p += Span) Multiply(ref job, view, last, p, Math.Min(Span, job.Places - p), sums);
        }

        T* target = job.Target + piece * g.KernelSize;
        nint filter = (nint)g.InChannels * g.Taps;
        for (int row = 0; row < 4 * job.Groups; row++)
        {
            T* to = target + job.Tap[row], from = sums + (nint)row * padded;
            for (int o = 0; o < g.OutChannels; o++) to[o * filter] = from[o];
        }
    }

    private static void Multiply(ref Job job, T* view, T* last, int place, int places, T* sums)
    {
        int padded = job.Tiles.Padded;
        int* at = stackalloc int[2 * Gather<V, T>.MostGroups];
        int* rows = at + Gather<V, T>.MostGroups;
        for (int block = 0; block < job.Tiles.Blocks; block++)
        {
            var tile = new Gather<V, T>(job.Tiles.Vectors(block));
            int start = job.Tiles.Start(block);
            for (int n = 0; n < job.Groups; n += tile.Groups)
            {
                for (int i = 0; i < tile.Groups; i++)
                {
                    // What would lie behind the last group is that group once more, all of it read before any of it is written.
                    at[i] = job.GroupAt[Math.Min(n + i, job.Groups - 1)];
                    rows[i] = Math.Min(n + i, job.Groups - 1) * 4 * padded;
                }

                tile.Run(places, view, job.PlaceAt + place, at, job.D1, job.D2, job.D3, last + (nint)place * padded + start, padded, null,
                    sums + start, rows, padded, true);
            }
        }
    }
}
