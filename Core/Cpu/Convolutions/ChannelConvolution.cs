using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// y = x ⋆ w with y's channels along the vectors: a few rows of an image at a time are computed channels-last in a cache-sized
/// scratch, where a bias is there from the start and windows are pooled, and then laid out as the target wants them. x is read where it lies.
/// A chunk is an image and a part of its rows.
/// </summary>
internal static unsafe class ChannelConvolution<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int CacheBytes = 24 << 10;
    private const int FewestChunks = 16;
    private const int Slack = 4;

    private struct Job
    {
        public ConvolutionGeometry G;
        public ConvolutionPool Pool;
        public ConvolutionView View;
        public ChannelTiles<V, T> Tiles;
        public int Steps;
        public int* Offsets;
        public int* Groups;
        public int* Places;
        public int GroupsOfRow;
        public int Rows;
        public int Parts;
        public nint D1, D2, D3;
        public T* Weights;
        public T* Start;
        public T* X;
        public T* Y;
        public T* Indices;
        public void** Scratch;
        public nuint ResultAt;
        public nuint PooledAt;
        public nuint IndicesAt;
    }

    /// <summary>Whether vectors along the channels are full enough.</summary>
    public static bool Serves(in ConvolutionGeometry g) =>
        g.Groups == 1 && g.OutChannels >= V.Count && g.OutputVolume >= 4 && g.Width.Output >= 2 && 4 * g.OutChannels >= 3 * new ChannelTiles<V, T>(g.OutChannels).Padded;

    /// <param name="g">The sizes; the source's channels and the target's are In and Out.</param>
    /// <param name="x">The source.</param>
    /// <param name="w">The kernel, (out, in, taps…) or, when exchanged, (in, out, taps…).</param>
    /// <param name="exchanged">Which of the two.</param>
    /// <param name="bias">One for each target channel, or null.</param>
    /// <param name="pool">Windows of which the maximum is kept.</param>
    /// <param name="y">The target.</param>
    /// <param name="indices">Where the first maximum of each window stands in it, row-major; null when nobody asks.</param>
    /// <param name="workers">The threads.</param>
    public static void Run(in ConvolutionGeometry g, T* x, T* w, bool exchanged, T* bias, ConvolutionPool pool, T* y, T* indices, Workers workers)
    {
        var tiles = new ChannelTiles<V, T>(g.OutChannels);
        var view = ConvolutionView.OfInput(g, mayBeDirect: true);
        int height = g.Height.Output / pool.Height * pool.Height, width = g.Width.Output / pool.Width * pool.Width;
        var job = new Job { G = g, Pool = pool, View = view, Tiles = tiles, Steps = checked(g.InChannels * g.Taps), X = x, Y = y, Indices = indices };
        job.Rows = (int)Math.Clamp(CacheBytes / ((long)width * tiles.Padded * sizeof(T)) / pool.Height * pool.Height, pool.Height, height);
        int blocks = g.Depth.Output * ((height + job.Rows - 1) / job.Rows);
        job.Parts = Math.Clamp((FewestChunks + g.Batch - 1) / g.Batch, 1, blocks);
        job.GroupsOfRow = pool.IsGroup ? width / 2 : (width + 3) / 4;
        int groupRows = pool.IsGroup ? job.Rows / 2 : job.Rows, groups = job.GroupsOfRow * groupRows;

        nuint groupsAt = Scratch.Round((nuint)job.Steps * sizeof(int));
        nuint placesAt = groupsAt + Scratch.Round((nuint)groups * sizeof(int));
        nuint startAt = placesAt + Scratch.Round((nuint)groups * sizeof(int));
        nuint weightsAt = startAt + Scratch.Round((nuint)(tiles.Padded * sizeof(T)));
        byte* common = (byte*)workers.Common(weightsAt + (nuint)((nint)job.Steps * tiles.Padded * sizeof(T)));
        job.Offsets = (int*)common;
        job.Groups = (int*)(common + groupsAt);
        job.Places = (int*)(common + placesAt);
        job.Start = (T*)(common + startAt);
        job.Weights = (T*)(common + weightsAt);
        ConvolutionOutput<V, T>.Fill(g, view, job.Offsets);
        Group(ref job, width, groupRows);
        Memory.Clear(job.Start, tiles.Padded);
        if (bias != null) Memory.Copy(bias, job.Start, g.OutChannels);
        if (exchanged) ChannelWeights<V, T>.PackExchanged(w, g.InChannels, g.Taps, tiles, job.Weights);
        else ChannelWeights<V, T>.Pack(w, job.Steps, tiles, job.Weights);

        nint copied = view.Direct ? 0 : g.InChannels * view.Channel + V.Count;
        nint results = (nint)(job.Rows * width + Slack) * tiles.Padded, pooled = pool.IsNone ? 0 : results / pool.Taps + tiles.Padded;
        job.ResultAt = Scratch.Round((nuint)(copied * sizeof(T)));
        job.PooledAt = job.ResultAt + Scratch.Round((nuint)(results * sizeof(T)));
        job.IndicesAt = job.PooledAt + Scratch.Round((nuint)(pooled * sizeof(T)));
        job.Scratch = workers.Reserve(job.IndicesAt + Scratch.Round((nuint)(pooled * sizeof(T))));
        workers.Run(checked(g.Batch * job.Parts), &RunChunk, &job);
    }

    /// <summary>Four neighbours of a row are a group, the last of a row shifted back to end with it; or a group is a window.</summary>
    private static void Group(ref Job job, int width, int rows)
    {
        nint row = job.View.Row;
        int n = 0;
        if (job.Pool.IsGroup) (job.D1, job.D2, job.D3) = (1, row, row + 1);
        else (job.D1, job.D2, job.D3) = (Math.Min(1, width - 1), Math.Min(2, width - 1), Math.Min(3, width - 1));
        for (int r = 0; r < rows; r++)
        for (int i = 0; i < job.GroupsOfRow; i++, n++)
        {
            int column = job.Pool.IsGroup ? 2 * i : Math.Max(0, Math.Min(4 * i, width - 4));
            job.Groups[n] = checked((int)((job.Pool.IsGroup ? 2 * r : r) * row + column));
            job.Places[n] = (job.Pool.IsGroup ? 4 * n : r * width + column) * job.Tiles.Padded;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionGeometry g = ref job.G;
        byte* scratch = (byte*)job.Scratch[worker];
        int image = chunk / job.Parts, part = chunk % job.Parts;
        T* source = job.X + (nint)image * g.InChannels * g.InputVolume;
        T* view = source + job.View.Begin, result = (T*)(scratch + job.ResultAt);
        if (!job.View.Direct)
        {
            view = (T*)scratch;
            job.View.Copy(source, g.InChannels, view);
        }

        int height = g.Height.Output / job.Pool.Height * job.Pool.Height;
        int blocksOfSlice = (height + job.Rows - 1) / job.Rows, blocks = g.Depth.Output * blocksOfSlice;
        int first = (int)((long)blocks * part / job.Parts), last = (int)((long)blocks * (part + 1) / job.Parts);
        for (int block = first; block < last; block++)
        {
            int depth = block / blocksOfSlice, row = block % blocksOfSlice * job.Rows, rows = Math.Min(job.Rows, height - row);
            Multiply(ref job, view + depth * job.View.Slice + row * job.View.Row, rows, result);
            if (job.Pool.IsNone)
            {
                T* target = job.Y + (nint)image * g.OutChannels * g.OutputVolume + ((nint)depth * g.Height.Output + row) * g.Width.Output;
                Transposition.Run(result, job.Tiles.Padded, rows * g.Width.Output, g.OutChannels, target, g.OutputVolume);
            }
            else
            {
                int across = g.Width.Output / job.Pool.Width, down = height / job.Pool.Height, windows = rows / job.Pool.Height * across;
                T* pooled = (T*)(scratch + job.PooledAt), indices = (T*)(scratch + job.IndicesAt);
                Reduce(ref job, result, windows, across, pooled, indices);
                nint volume = (nint)g.Depth.Output * down * across;
                nint at = (nint)image * g.OutChannels * volume + ((nint)depth * down + row / job.Pool.Height) * across;
                Transposition.Run(pooled, job.Tiles.Padded, windows, g.OutChannels, job.Y + at, volume);
                if (job.Indices != null) Transposition.Run(indices, job.Tiles.Padded, windows, g.OutChannels, job.Indices + at, volume);
            }
        }
    }

    private static void Multiply(ref Job job, T* view, int rows, T* result)
    {
        int groups = (job.Pool.IsGroup ? rows / 2 : rows) * job.GroupsOfRow;
        int* at = stackalloc int[2 * Gather<V, T>.MostGroups];
        int* places = at + Gather<V, T>.MostGroups;
        for (int block = 0; block < job.Tiles.Blocks; block++)
        {
            var tile = new Gather<V, T>(job.Tiles.Vectors(block));
            int start = job.Tiles.Start(block), width = job.Tiles.Width(block);
            T* weights = job.Weights + (nint)job.Steps * start;
            for (int n = 0; n < groups; n += tile.Groups)
            {
                // What would lie behind the last group is that group once more.
                for (int i = 0; i < tile.Groups; i++)
                {
                    at[i] = job.Groups[Math.Min(n + i, groups - 1)];
                    places[i] = job.Places[Math.Min(n + i, groups - 1)];
                }

                tile.Run(job.Steps, view, job.Offsets, at, job.D1, job.D2, job.D3, weights, width, job.Start + start,
                    result + start, places, job.Tiles.Padded, false);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reduce(ref Job job, T* result, int windows, int across, T* pooled, T* indices)
    {
        int padded = job.Tiles.Padded, width = across * job.Pool.Width;
        nint* taps = stackalloc nint[job.Pool.Taps];
        for (int t = 0; t < job.Pool.Taps; t++)
            taps[t] = (job.Pool.IsGroup ? t : t / job.Pool.Width * width + t % job.Pool.Width) * (nint)padded;
        for (int q = 0; q < windows; q++)
        {
            T* window = result + (job.Pool.IsGroup ? 4 * q : q / across * job.Pool.Height * width + q % across * job.Pool.Width) * (nint)padded;
            for (int j = 0; j < padded; j += V.Count)
            {
                V most = V.Load(window + j), index = default;
                for (int t = 1; t < job.Pool.Taps; t++)
                {
                    V value = V.Load(window + taps[t] + j);
                    index = V.SelectBeyond(value, most, V.Splat(T.CreateTruncating(t)), index);
                    most = V.SelectBeyond(value, most, value, most);
                }

                most.Store(pooled + (nint)q * padded + j);
                index.Store(indices + (nint)q * padded + j);
            }
        }
    }
}
