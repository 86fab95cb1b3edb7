using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The kernel's gradient, dw[o, (i, t)] = Σₙ Σₚ dy[o, p] x[i, p + shift(t)], as inner products over the run of places in x's view; dy is
/// spread to the view's rows with zeros between. A chunk takes some images, a group and a block of output channels; the images are cut
/// into a number of pieces that the sizes decide. Small images are seen several at once, for long runs.
/// </summary>
internal static unsafe class ConvolutionKernel<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Span = 1024;
    private const int ShortestRun = 512;
    private const int FewestChunks = 32;
    private const nint MostSums = 1 << 20;
    private const nint MostPartials = 1 << 26;

    private struct Job
    {
        public ConvolutionGeometry G;
        public ConvolutionView View;
        public Dots<V, T> Dots;
        public int* Offsets;
        public int Columns;
        public int Farthest;
        public nint Run;
        public int Images;
        public int Block;
        public int Blocks;
        public int Pieces;
        public T* X;
        public T* Dy;
        public T* Target;
        public void** Scratch;
        public nuint WideAt;
        public nuint SumsAt;
    }

    public static void Run(in ConvolutionGeometry g, T* x, T* dy, T* dw, Workers workers)
    {
        if (ChannelGradient<V, T>.Serves(g))
        {
            ChannelGradient<V, T>.Run(g, x, dy, dw, workers);
            return;
        }

        if (NarrowGradient<V, T>.Serves(g))
        {
            NarrowGradient<V, T>.Run(g, x, dy, dw, workers);
            return;
        }

        var view = ConvolutionView.OfInput(g, mayBeDirect: true);
        var dots = Dots<V, T>.For(g.OutGroup);
        int images = view.Plane < ShortestRun ? (int)Math.Clamp(ShortestRun / view.Plane, 1, g.Batch) : 1;
        if (images > 1) view = ConvolutionView.OfInput(g, mayBeDirect: false, images);
        nint run = (images - 1) * view.Plane + (g.Depth.Output - 1) * view.Slice + (g.Height.Output - 1) * view.Row + g.Width.Output;
        var job = new Job { G = g, View = view, Dots = dots, Columns = checked(g.InGroup * g.Taps), X = x, Dy = dy, Images = images };
        job.Run = (run + V.Count - 1) / V.Count * V.Count;
        int columnTiles = (job.Columns + dots.Columns - 1) / dots.Columns;
        Cut(ref job, (nint)columnTiles * dots.Sums * sizeof(T));

        nuint partialsAt = Scratch.Round((nuint)(columnTiles * dots.Columns) * sizeof(int));
        byte* common = (byte*)workers.Common(partialsAt + (job.Pieces > 1 ? (nuint)(job.Pieces * g.KernelSize * sizeof(T)) : 0));
        job.Offsets = (int*)common;
        job.Target = job.Pieces > 1 ? (T*)(common + partialsAt) : dw;
        ConvolutionOutput<V, T>.Fill(g, view, job.Offsets);
        for (int i = 0; i < job.Columns; i++) job.Farthest = Math.Max(job.Farthest, job.Offsets[i]);
        for (int i = job.Columns; i < columnTiles * dots.Columns; i++) job.Offsets[i] = job.Offsets[i - 1];

        job.WideAt = Scratch.Round((nuint)((g.InGroup * view.Channel + view.Begin + V.Count) * sizeof(T)));
        job.SumsAt = job.WideAt + Scratch.Round((nuint)(job.Block * job.Run * sizeof(T)));
        job.Scratch = workers.Reserve(job.SumsAt + (nuint)(job.Block / dots.Rows * columnTiles * dots.Sums * sizeof(T)));
        workers.Run(checked(job.Pieces * g.Groups * job.Blocks), &RunChunk, &job);
        if (job.Pieces > 1) Partials<V, T>.Add(job.Target, job.Pieces, g.KernelSize, dw, workers);
    }

    private static void Cut(ref Job job, nint sumsOfTile)
    {
        ref ConvolutionGeometry g = ref job.G;
        int tileRows = job.Dots.Rows, tiles = (g.OutGroup + tileRows - 1) / tileRows;
        int blockTiles = (int)Math.Clamp(MostSums / sumsOfTile, 1, tiles);
        while ((long)g.Batch * g.Groups * ((tiles + blockTiles - 1) / blockTiles) < FewestChunks && blockTiles > 1) blockTiles = (blockTiles + 1) / 2;
        job.Block = blockTiles * tileRows;
        job.Blocks = (tiles + blockTiles - 1) / blockTiles;
        nint chunks = (nint)g.Groups * job.Blocks;
        nint pieces = Math.Min((FewestChunks + chunks - 1) / chunks, MostPartials / (g.KernelSize * sizeof(T)));
        job.Pieces = (int)Math.Clamp(pieces, 1, (g.Batch + job.Images - 1) / job.Images);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionGeometry g = ref job.G;
        Dots<V, T> dots = job.Dots;
        byte* scratch = (byte*)job.Scratch[worker];
        T* wide = (T*)(scratch + job.WideAt), sums = (T*)(scratch + job.SumsAt);
        int channel = chunk % job.Blocks * job.Block;
        int channels = Math.Min(job.Block, g.OutGroup - channel);
        chunk /= job.Blocks;
        int group = chunk % g.Groups, piece = chunk / g.Groups;
        int rowTiles = (channels + dots.Rows - 1) / dots.Rows, columnTiles = (job.Columns + dots.Columns - 1) / dots.Columns;
        int* rowAt = stackalloc int[Dots<V, T>.MostRows];
        for (int i = 0; i < dots.Rows; i++) rowAt[i] = checked((int)(i * job.Run));
        Memory.Clear(sums, (nint)rowTiles * columnTiles * dots.Sums);
        Memory.Clear(wide, rowTiles * dots.Rows * job.Run);

        int first = (int)((long)g.Batch * piece / job.Pieces), last = (int)((long)g.Batch * (piece + 1) / job.Pieces);
        for (int image = first; image < last; image += job.Images)
        {
            int images = Math.Min(job.Images, last - image);
            if (images < job.Images)
            {
                Memory.Clear((T*)scratch, g.InGroup * job.View.Channel);
                Memory.Clear(wide, rowTiles * dots.Rows * job.Run);
            }

            T* view = See(ref job, image, images, group, (T*)scratch);
            for (int n = 0; n < images; n++)
            {
                T* dy = job.Dy + ((nint)(image + n) * g.OutChannels + group * g.OutGroup + channel) * g.OutputVolume;
                Spread(g, job.View, dy, channels, wide + n * job.View.Plane, job.Run);
            }

            for (nint p = 0; p < job.Run; p += Span)
            {
                nint length = Math.Min(Span, job.Run - p);
                T* sum = sums;
                for (int i = 0; i < rowTiles; i++)
                for (int j = 0; j < columnTiles; j++, sum += dots.Sums)
                {
                    dots.Run(length, wide + i * dots.Rows * job.Run + p, rowAt, view + p, job.Offsets + j * dots.Columns, sum);
                }
            }
        }

        T* target = job.Target + piece * g.KernelSize + ((nint)group * g.OutGroup + channel) * job.Columns;
        for (int i = 0; i < channels; i++)
        for (int j = 0; j < job.Columns; j++)
        {
            T* tile = sums + ((nint)(i / dots.Rows) * columnTiles + j / dots.Columns) * dots.Sums;
            *target++ = V.Sum(V.Load(tile + (i % dots.Rows * dots.Columns + j % dots.Columns) * V.Count));
        }
    }

    /// <summary>The view of an image's group; a direct one is copied only where the last vector would read past the end of x.</summary>
    private static T* See(ref Job job, int image, int images, int group, T* scratch)
    {
        ref ConvolutionGeometry g = ref job.G;
        nint begin = ((nint)image * g.InChannels + group * g.InGroup) * g.InputVolume;
        if (job.View.Direct && begin + job.View.Begin + job.Farthest + job.Run <= g.InputSize) return job.X + begin + job.View.Begin;
        nint size = g.InGroup * job.View.Channel;
        if (job.View.Direct) Memory.Copy(job.X + begin, scratch, checked((int)size));
        else
        {
            nint next = g.InChannels * g.InputVolume;
            for (int n = 0; n < images; n++) job.View.Copy(job.X + begin + n * next, g.InGroup, scratch + n * job.View.Plane);
        }

        new Span<T>(scratch + size, (int)job.View.Begin + V.Count).Clear();
        return scratch + job.View.Begin;
    }

    private static void Spread(in ConvolutionGeometry g, in ConvolutionView view, T* dy, int channels, T* wide, nint run)
    {
        for (int i = 0; i < channels; i++)
        for (int d = 0; d < g.Depth.Output; d++)
        for (int h = 0; h < g.Height.Output; h++, dy += g.Width.Output)
        {
            Memory.Copy(dy, wide + i * run + d * view.Slice + h * view.Row, g.Width.Output);
        }
    }
}
