using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// y = x ⋆ w with the images of a batch along the vectors, so that filters, rows and windows of any number leave no place of a vector empty.
/// A chunk is a block of images and some of the filters: the images are turned and multiplied band by band, and each band is turned back while
/// it is in the cache; of large images some channels are turned at a time, and the products are added up. Some filters' planes may go through a
/// body before they are stored. Taps that meet only padding are left out, row by row.
/// </summary>
internal static unsafe class BatchConvolution<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FewestChunks = 16;

    /// <summary>Results of a tile's rows in a band.</summary>
    private const int BandBytes = 24 << 10;

    /// <summary>Results that are added up over groups of channels.</summary>
    private const long MostResults = 512 << 10;

    private struct Job
    {
        public ConvolutionGeometry G;
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
        public nint ResultRow;
        public int Parts;
        public T* Weights;
        public T* X;
        public T* Y;
        public void** Scratch;
        public ProductEpilogue<T>* Epilogue;
        public nuint TurnedAt, ResultsAt, FollowedAt;
    }

    /// <summary>Places of the target that follow each other, where they begin in the list of places, and the rows of taps that they need.</summary>
    private readonly record struct Band(int First, int Target, int Count, int Low, int Above);

    /// <summary>
    /// Whether the images fill the vectors, more than one tap makes it worth turning them, and <see cref="ChannelConvolution{V, T}"/>, which turns only
    /// results, would leave places empty: too few filters for its vectors, or rows that are not whole groups of four.
    /// </summary>
    public static bool Serves(in ConvolutionGeometry g) => g.Groups == 1 && g.Taps > 1 && Images(g, out _) is var block && block.Serves(g.Batch)
        && (block.Groups == 1 || g.OutChannels * g.OutputVolume * sizeof(V) <= MostResults)
        && !(ChannelConvolution<V, T>.Serves(g) && g.OutChannels >= 2 * V.Count && g.Width.Output % 4 == 0);

    /// <param name="g">The sizes; the source's channels and the target's are In and Out.</param>
    /// <param name="x">The source.</param>
    /// <param name="w">The kernel, (out, in, taps…) or, when exchanged, (in, out, taps…).</param>
    /// <param name="exchanged">Which of the two.</param>
    /// <param name="y">The target.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="epilogue">What is done with the elements, of which the images are rows, in place of storing them in y.</param>
    public static void Run(in ConvolutionGeometry g, T* x, T* w, bool exchanged, T* y, Workers workers, ProductEpilogue<T>* epilogue = null)
    {
        var block = Images(g, out var view);
        int rows = checked(g.Depth.Output * g.Height.Output), places = checked(rows * g.Width.Output), steps = checked(g.InChannels * g.Taps);
        var tile = Tile<V, T>.For(g.OutChannels, places);
        int tiles = (g.OutChannels + tile.Rows - 1) / tile.Rows, blocks = ImageBlock<V, T>.Blocks(g.Batch);
        var job = new Job { G = g, View = view, Block = block, Tile = tile, Steps = steps, X = x, Y = y, Epilogue = epilogue };
        job.Longest = Math.Max(BandBytes / (tile.Rows * V.Count * sizeof(T)), 1);
        job.Parts = Math.Clamp((FewestChunks + blocks - 1) / blocks, 1, tiles);

        int mostBands = places / job.Longest + rows + 1, mostPlaces = places + mostBands * tile.Vectors;
        nuint placesAt = Scratch.Round((nuint)steps * sizeof(int));
        nuint resultAt = placesAt + Scratch.Round((nuint)mostPlaces * sizeof(int));
        nuint bandsAt = resultAt + Scratch.Round((nuint)(job.Longest + tile.Vectors) * sizeof(int));
        nuint weightsAt = bandsAt + Scratch.Round((nuint)(mostBands * sizeof(Band)));
        byte* common = (byte*)workers.Common(weightsAt + (nuint)((nint)tiles * tile.Rows * steps * sizeof(T)));
        job.Offsets = (int*)common;
        job.Places = (int*)(common + placesAt);
        job.ResultAt = (int*)(common + resultAt);
        job.Bands = (Band*)(common + bandsAt);
        job.Weights = (T*)(common + weightsAt);
        for (int i = 0; i < job.Longest + tile.Vectors; i++) job.ResultAt[i] = i * V.Count;
        Cut(ref job, rows);
        Fill(job, w, exchanged, tiles * tile.Rows);

        // Of one group a band's results are enough.
        job.ResultRow = (block.Groups == 1 ? job.Longest + tile.Vectors : mostPlaces) * V.Count;
        job.TurnedAt = block.BlockBytes;
        job.ResultsAt = job.TurnedAt + block.TurnedBytes;
        job.FollowedAt = job.ResultsAt + Scratch.Round((nuint)((nint)tile.Rows * (block.Groups == 1 ? 1 : tiles) * job.ResultRow * sizeof(T)));
        job.Scratch = workers.Reserve(job.FollowedAt + (epilogue == null ? 0 : (nuint)((nint)tile.Rows * places * sizeof(V))));
        workers.Run(checked(blocks * job.Parts), &RunChunk, &job);
    }

    private static ImageBlock<V, T> Images(in ConvolutionGeometry g, out ConvolutionView view)
    {
        view = ConvolutionView.OfInput(g, mayBeDirect: true);
        return new(view, g.InChannels, g.InputVolume);
    }

    /// <summary>Rows that need the same taps are cut into bands.</summary>
    private static void Cut(ref Job job, int rows)
    {
        ref ConvolutionGeometry g = ref job.G;
        int columns = g.Width.Output, place = 0;
        for (int row = 0, end; row < rows; row = end)
        {
            var (low, above) = Taps(g.Height, row % g.Height.Output);
            for (end = row + 1; end < rows && Taps(g.Height, end % g.Height.Output) == (low, above);) end++;
            for (int target = row * columns, count; target < end * columns; target += count)
            {
                count = Math.Min(job.Longest, end * columns - target);
                job.Bands[job.BandCount++] = new(place, target, count, low, above);
                for (int q = target; q < target + count; q++, place++)
                {
                    nint at = q / columns / g.Height.Output * job.View.Slice + q / columns % g.Height.Output * job.View.Row + q % columns + job.View.Begin;
                    job.Places[place] = checked((int)(at * V.Count));
                }

                // The last place fills up the last tile.
                for (int filled = count; filled % job.Tile.Vectors != 0; filled++, place++) job.Places[place] = job.Places[place - 1];
            }
        }
    }

    /// <summary>The taps along an axis that meet a source element at a place.</summary>
    private static (int Low, int Above) Taps(in ConvolutionAxis axis, int place)
    {
        int low = axis.Kernel, above = 0;
        for (int tap = 0; tap < axis.Kernel; tap++)
        {
            int at = place * axis.Stride + tap * axis.Dilation - axis.Padding;
            if (at < 0 || at >= axis.Input) continue;
            (low, above) = (Math.Min(low, tap), tap + 1);
        }

        return (Math.Min(low, above), above);
    }

    /// <summary>Steps in the order (group of channels, row of taps, channel, the other taps), so that a group's range of rows is a range of steps.</summary>
    private static void Fill(in Job job, T* w, bool exchanged, int rows)
    {
        ref readonly ConvolutionGeometry g = ref job.G;
        nint filter = exchanged ? g.Taps : (nint)g.InChannels * g.Taps, channel = exchanged ? (nint)g.OutChannels * g.Taps : g.Taps;
        Memory.Clear(job.Weights, (nint)rows * job.Steps);
        int step = 0;
        for (int first = 0; first < g.InChannels; first += job.Block.Channels)
        for (int h = 0; h < g.Height.Kernel; h++)
        for (int c = first; c < Math.Min(first + job.Block.Channels, g.InChannels); c++)
        for (int d = 0; d < g.Depth.Kernel; d++)
        for (int k = 0; k < g.Width.Kernel; k++, step++)
        {
            job.Offsets[step] = checked((int)(((c - first) * job.Block.Plane + job.View.Shift(d * g.Depth.Dilation, h * g.Height.Dilation, k * g.Width.Dilation)) * V.Count));
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
        T* block = (T*)scratch, results = (T*)(scratch + job.ResultsAt), followed = (T*)(scratch + job.FollowedAt);
        int first = chunk / job.Parts * V.Count, part = chunk % job.Parts, images = Math.Min(V.Count, g.Batch - first);
        int tiles = (g.OutChannels + tile.Rows - 1) / tile.Rows, from = tiles * part / job.Parts * tile.Rows, to = Math.Min(tiles * (part + 1) / job.Parts * tile.Rows, g.OutChannels);
        nint image = g.OutChannels * g.OutputVolume, row = job.ResultRow;
        for (int group = 0; group < job.Block.Groups; group++)
        {
            int channel = group * job.Block.Channels, channels = Math.Min(job.Block.Channels, g.InChannels - channel);
            int firstStep = channel * g.Taps, stepsOfRow = channels * g.Taps / g.Height.Kernel;
            job.Block.Turn(job.X + ((nint)first * g.InChannels + channel) * g.InputVolume, channels, images, (T*)(scratch + job.TurnedAt), block);
            for (int o = from; o < to; o += tile.Rows)
            {
                int rows = Math.Min(tile.Rows, g.OutChannels - o);
                nint next = job.Epilogue == null ? image : rows * g.OutputVolume;
                T* target = job.Epilogue == null ? job.Y + first * image + o * g.OutputVolume : followed;
                for (int b = 0; b < job.BandCount; b++)
                {
                    Band band = job.Bands[b];
                    int step = firstStep + band.Low * stepsOfRow, steps = (band.Above - band.Low) * stepsOfRow;
                    T* kept = job.Block.Groups == 1 ? results : results + (o - from) * row + (nint)band.First * V.Count;
                    for (int v = 0; v < band.Count; v += tile.Vectors)
                    {
                        tile.Run(steps, job.Weights + (nint)o * job.Steps + step, job.Steps, 1, block, job.Offsets + step, job.Places + band.First + v, kept, row, job.ResultAt + v, rows, group > 0);
                    }

                    if (group < job.Block.Groups - 1) continue;
                    for (int i = 0; i < rows; i++) Transposition.Run(kept + i * row, V.Count, band.Count, images, target + i * g.OutputVolume + band.Target, next);
                }

                if (job.Epilogue != null && group == job.Block.Groups - 1) job.Epilogue->Run(followed, next, first, images, o * g.OutputVolume, checked((int)next));
            }
        }
    }
}
