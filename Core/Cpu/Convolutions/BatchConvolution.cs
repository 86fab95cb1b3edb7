using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// y = x ⋆ w with the images of a batch along the vectors, so that filters, rows and windows of any number leave no place of a vector empty.
/// A chunk is a block of images: it is turned, multiplied band by band, and each band is turned back while it is in the cache, with a bias
/// added and windows pooled first where that is asked for. Some filters' planes may go through a body before they are stored. Taps that
/// meet only padding are left out, row by row.
/// </summary>
internal static unsafe class BatchConvolution<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Results of a tile's rows in a band.</summary>
    private const int BandBytes = 24 << 10;

    private struct Job
    {
        public ConvolutionGeometry G;
        public ConvolutionPool Pool;
        public ConvolutionView View;
        public ImageBlock<V, T> Block;
        public Tile<V, T> Tile;
        public int Steps;
        public int* Offsets;
        public int* Places;
        public int* ResultAt;
        public Band* Bands;
        public int BandCount;
        public int Longest;
        public T* Weights;
        public T* Bias;
        public T* X;
        public T* Y;
        public T* Indices;
        public void** Scratch;
        public ProductEpilogue<T>* Epilogue;
        public nuint TurnedAt, ResultsAt, PooledAt, IndicesAt, FollowedAt;
    }

    /// <summary>Places of the target that follow each other, or whole windows of them, and the taps that they need.</summary>
    private readonly record struct Band(int First, int Vectors, int Target, int Count, int FirstStep, int Steps);

    /// <summary>Whether the images fill the vectors, and there are taps enough that turning them is worth it.</summary>
    public static bool Serves(in ConvolutionGeometry g) => g.Groups == 1 && g.Taps > 1 && g.OutChannels > 1 && Images(g, out _).Serves(g.Batch);

    /// <param name="g">The sizes; the source's channels and the target's are In and Out.</param>
    /// <param name="x">The source.</param>
    /// <param name="w">The kernel, (out, in, taps…) or, when exchanged, (in, out, taps…).</param>
    /// <param name="exchanged">Which of the two.</param>
    /// <param name="bias">One for each target channel, or null.</param>
    /// <param name="pool">Windows of which the maximum is kept.</param>
    /// <param name="y">The target.</param>
    /// <param name="indices">Where the first maximum of each window stands in it, row-major; null when nobody asks.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="epilogue">What is done with the elements, of which the images are rows, in place of storing them; without a pool.</param>
    public static void Run(in ConvolutionGeometry g, T* x, T* w, bool exchanged, T* bias, ConvolutionPool pool, T* y, T* indices, Workers workers, ProductEpilogue<T>* epilogue = null)
    {
        var block = Images(g, out var view);
        int rows = g.Height.Output / pool.Height * pool.Height, columns = g.Width.Output / pool.Width * pool.Width;
        int places = checked(g.Depth.Output * rows * columns), steps = checked(g.InChannels * g.Taps);
        var tile = Tile<V, T>.For(g.OutChannels, places);
        int tiles = (g.OutChannels + tile.Rows - 1) / tile.Rows;
        var job = new Job { G = g, Pool = pool, View = view, Block = block, Tile = tile, Steps = steps, Bias = bias, X = x, Y = y, Indices = indices, Epilogue = epilogue };
        job.Longest = Math.Max(BandBytes / (tile.Rows * V.Count * sizeof(T)) / pool.Taps * pool.Taps, pool.Taps);

        int mostBands = places / job.Longest + g.Depth.Output * rows + 1, mostPlaces = places + mostBands * tile.Vectors;
        nuint placesAt = Scratch.Round((nuint)steps * sizeof(int));
        nuint resultAt = placesAt + Scratch.Round((nuint)mostPlaces * sizeof(int));
        nuint bandsAt = resultAt + Scratch.Round((nuint)(job.Longest + tile.Vectors) * sizeof(int));
        nuint weightsAt = bandsAt + Scratch.Round((nuint)(mostBands * sizeof(Band)));
        nuint biasAt = weightsAt + Scratch.Round((nuint)((nint)tiles * tile.Rows * steps * sizeof(T)));
        byte* common = (byte*)workers.Common(biasAt);
        job.Offsets = (int*)common;
        job.Places = (int*)(common + placesAt);
        job.ResultAt = (int*)(common + resultAt);
        job.Bands = (Band*)(common + bandsAt);
        job.Weights = (T*)(common + weightsAt);
        for (int i = 0; i < job.Longest + tile.Vectors; i++) job.ResultAt[i] = i * V.Count;
        Cut(ref job, rows, columns);
        Fill(job, w, exchanged, tiles * tile.Rows);

        nuint results = Scratch.Round((nuint)((nint)tile.Rows * (job.Longest + tile.Vectors) * sizeof(V)));
        nuint pooled = pool.IsNone ? 0 : Scratch.Round((nuint)((nint)tile.Rows * (job.Longest / pool.Taps) * sizeof(V)));
        job.TurnedAt = block.BlockBytes;
        job.ResultsAt = job.TurnedAt + block.TurnedBytes;
        job.PooledAt = job.ResultsAt + results;
        job.IndicesAt = job.PooledAt + pooled;
        job.FollowedAt = job.IndicesAt + pooled;
        job.Scratch = workers.Reserve(job.FollowedAt + (epilogue == null ? 0 : (nuint)((nint)tile.Rows * places * sizeof(V))));
        workers.Run(ImageBlock<V, T>.Blocks(g.Batch), &RunChunk, &job);
    }

    private static ImageBlock<V, T> Images(in ConvolutionGeometry g, out ConvolutionView view)
    {
        view = ConvolutionView.OfInput(g, mayBeDirect: true);
        return new(view, g.InChannels, g.InChannels * g.InputVolume);
    }

    /// <summary>Rows that need the same taps are cut into bands; a band's places stand window by window.</summary>
    private static void Cut(ref Job job, int rows, int columns)
    {
        ref ConvolutionGeometry g = ref job.G;
        int stepsOfRow = job.Steps / g.Height.Kernel, high = job.Pool.Height, wide = job.Pool.Width, windows = columns / wide;
        int place = 0, target = 0, lines = g.Depth.Output * rows / high;
        for (int line = 0; line < lines;)
        {
            var (low, above) = Taps(g.Height, line * high % rows, high);
            int end = line + 1;
            while (end < lines && Taps(g.Height, end * high % rows, high) == (low, above)) end++;
            for (int window = line * windows; window < end * windows;)
            {
                int count = Math.Min(job.Longest / job.Pool.Taps, end * windows - window), first = place;
                for (int last = window + count; window < last; window++)
                for (int t = 0; t < job.Pool.Taps; t++)
                {
                    int row = window / windows * high + t / wide, column = window % windows * wide + t % wide;
                    job.Places[place++] = checked((int)((row / rows * job.View.Slice + row % rows * job.View.Row + column + job.View.Begin) * V.Count));
                }

                int vectors = place - first;
                // The last place fills up the last tile.
                for (; (place - first) % job.Tile.Vectors != 0; place++) job.Places[place] = job.Places[place - 1];
                job.Bands[job.BandCount++] = new(first, vectors, target, count, low * stepsOfRow, (above - low) * stepsOfRow);
                target += count;
            }

            line = end;
        }
    }

    /// <summary>The taps along an axis that meet a source element at one of some places at least.</summary>
    private static (int Low, int Above) Taps(in ConvolutionAxis axis, int place, int places)
    {
        int low = axis.Kernel, above = 0;
        for (int tap = 0; tap < axis.Kernel; tap++)
        for (int p = place; p < place + places; p++)
        {
            int at = p * axis.Stride + tap * axis.Dilation - axis.Padding;
            if (at < 0 || at >= axis.Input) continue;
            (low, above) = (Math.Min(low, tap), tap + 1);
        }

        return (Math.Min(low, above), above);
    }

    /// <summary>Steps in the order (row of taps, channel, the other taps), so that a range of rows is a range of steps.</summary>
    private static void Fill(in Job job, T* w, bool exchanged, int rows)
    {
        ref readonly ConvolutionGeometry g = ref job.G;
        nint filter = exchanged ? g.Taps : (nint)g.InChannels * g.Taps, channel = exchanged ? (nint)g.OutChannels * g.Taps : g.Taps;
        Memory.Clear(job.Weights, (nint)rows * job.Steps);
        int step = 0;
        for (int h = 0; h < g.Height.Kernel; h++)
        for (int c = 0; c < g.InChannels; c++)
        for (int d = 0; d < g.Depth.Kernel; d++)
        for (int k = 0; k < g.Width.Kernel; k++, step++)
        {
            job.Offsets[step] = checked((int)((c * job.View.Channel + job.View.Shift(d * g.Depth.Dilation, h * g.Height.Dilation, k * g.Width.Dilation)) * V.Count));
            T* weight = w + c * channel + g.Weight(d, h, k);
            for (int o = 0; o < g.OutChannels; o++) job.Weights[(nint)o * job.Steps + step] = weight[o * filter];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionGeometry g = ref job.G;
        Tile<V, T> tile = job.Tile;
        byte* scratch = (byte*)job.Scratch[worker];
        T* block = (T*)scratch, results = (T*)(scratch + job.ResultsAt), pooled = (T*)(scratch + job.PooledAt), indices = (T*)(scratch + job.IndicesAt);
        int first = chunk * V.Count, images = Math.Min(V.Count, g.Batch - first);
        job.Block.Turn(job.X + first * g.InChannels * g.InputVolume, images, (T*)(scratch + job.TurnedAt), block);
        nint volume = (nint)g.Depth.Output * (g.Height.Output / job.Pool.Height) * (g.Width.Output / job.Pool.Width), image = g.OutChannels * volume;
        nint resultRow = (nint)(job.Longest + tile.Vectors) * V.Count;
        for (int o = 0; o < g.OutChannels; o += tile.Rows)
        {
            int rows = Math.Min(tile.Rows, g.OutChannels - o);
            nint at = first * image + o * volume, next = image;
            T* target = job.Y + at;
            if (job.Epilogue != null) (at, next) = (0, rows * volume);
            if (job.Epilogue != null) target = (T*)(scratch + job.FollowedAt);
            for (int b = 0; b < job.BandCount; b++)
            {
                Band band = job.Bands[b];
                for (int v = 0; v < band.Vectors; v += tile.Vectors)
                {
                    tile.Run(band.Steps, job.Weights + (nint)o * job.Steps + band.FirstStep, job.Steps, 1, block, job.Offsets + band.FirstStep, job.Places + band.First + v,
                        results, resultRow, job.ResultAt + v, rows, false);
                }

                for (int i = 0; i < rows; i++)
                {
                    T* row = results + i * resultRow;
                    nint place = i * volume + band.Target;
                    if (job.Pool.IsNone)
                    {
                        Packing.Transpose(row, V.Count, band.Count, images, target + place, next);
                        continue;
                    }

                    Reduce(row, band.Count, job.Pool.Taps, job.Bias == null ? T.NegativeZero : job.Bias[o + i], pooled, indices);
                    Packing.Transpose(pooled, V.Count, band.Count, images, target + place, next);
                    if (job.Indices != null) Packing.Transpose(indices, V.Count, band.Count, images, job.Indices + at + place, next);
                }
            }

            if (job.Epilogue != null) job.Epilogue->Run(target, next, first, images, o * volume, (int)next);
        }
    }

    /// <summary>The largest of each window and which of its places has it first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reduce(T* row, int windows, int taps, T bias, T* pooled, T* indices)
    {
        V shift = V.Splat(bias);
        for (int q = 0; q < windows; q++)
        {
            V most = V.Load(row) + shift, index = default;
            row += V.Count;
            for (int t = 1; t < taps; t++, row += V.Count)
            {
                V value = V.Load(row) + shift;
                index = V.SelectBeyond(value, most, V.Splat(T.CreateTruncating(t)), index);
                most = V.SelectBeyond(value, most, value, most);
            }

            most.Store(pooled + q * V.Count);
            index.Store(indices + q * V.Count);
        }
    }
}
