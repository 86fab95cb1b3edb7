using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The product by register tiles: vectors lie along C's rows. A is read where it lies unless its rows are the contiguous axis, B
/// unless its columns are not, and either unless it is used often enough to be worth a compact copy.
/// </summary>
internal static unsafe class MatMulTiles<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Depth = 256;

    /// <summary>Of an inner axis that is summed in pieces.</summary>
    private const int PieceLength = 512;

    /// <summary>A larger A whose rows are the contiguous axis is fetched ahead of its use: the processor does not see that pattern.</summary>
    private const long FarBytes = 256 << 10;

    private const int Line = 64;
    private const int MostRows = 512;
    private const int MostColumns = 1536;
    private const int MostVectors = Tile1x8.Vectors;

    private struct Job
    {
        public MatMulGeometry G;
        public MatMulBlocks Blocks;
        public Tile<V, T> Tile;
        public T* A;
        public T* B;
        public T* C;
        public ProductEpilogue<T>* Epilogue;
        public bool PackA;
        public bool PackB;
        public bool FetchA;
        public int Steps;
        public void** Scratch;
        public nuint PanelAt;
        public nuint OffsetsAt;
        public nuint EdgeAt;
        public nuint ResultAt;
    }

    public static void Run(in MatMulGeometry g, T* a, T* b, T* c, Workers workers, ProductEpilogue<T>* epilogue = null)
    {
        var tile = Tile<V, T>.For(g.Rows, (g.Columns + V.Count - 1) / V.Count);
        var blocks = new MatMulBlocks(g, tile.Rows, tile.Width, V.Count, PieceLength, epilogue == null ? Depth : 0, MostRows, MostColumns);
        int depth = Share(blocks.PieceSteps, Depth);
        int rowTiles = (Math.Min(blocks.Rows, g.Rows) + tile.Rows - 1) / tile.Rows;
        bool far = g.BRow * sizeof(T) >= 1024 && depth >= 32;
        bool packA = tile.Rows > 1 && Math.Min(blocks.Columns, g.Columns) >= (g.ARow == 1 ? 3 : 8) * tile.Width && depth >= (g.ARow == 1 ? 32 : 64);
        var job = new Job
        {
            G = g,
            Blocks = blocks,
            Tile = tile,
            A = a,
            B = b,
            C = c,
            Steps = depth,
            PackA = packA,
            PackB = g.BColumn != 1 || g.Columns < V.Count || g.BRow * depth > int.MaxValue || far && rowTiles >= 4,
            FetchA = !packA && tile.Rows > 1 && g.ARow == 1 && g.AColumn != 1 && (long)g.Rows * g.Inner * sizeof(T) > FarBytes,
            PanelAt = Scratch.Round((nuint)(blocks.Rows * depth * sizeof(T))),
        };
        job.OffsetsAt = job.PanelAt + Scratch.Round((nuint)(depth * tile.Width * sizeof(T)));
        job.EdgeAt = job.OffsetsAt + Scratch.Round((nuint)(depth * sizeof(int)));
        bool whole = blocks.Pieces == 1 && epilogue != null;
        job.ResultAt = job.EdgeAt + Scratch.Round((nuint)(tile.Rows * tile.Width * sizeof(T)));
        job.Scratch = workers.Reserve(job.ResultAt + (whole ? (nuint)blocks.Rows * (nuint)blocks.MostColumns(g) * (nuint)sizeof(T) : 0));
        if (whole) job.Epilogue = epilogue;
        nint size = (nint)g.Batch * g.Rows * g.Columns;
        if (blocks.Pieces > 1) job.C = (T*)workers.Common((nuint)(size * blocks.Pieces * sizeof(T)));
        workers.Run(blocks.Count(g.Batch), &RunChunk, &job);
        if (blocks.Pieces == 1) return;
        Partials<V, T>.Add(job.C, blocks.Pieces, size, epilogue == null ? c : job.C, workers);
        if (epilogue != null) EpilogueRows<T>.Run(epilogue, job.C, g.Batch * g.Rows, g.Columns, workers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref MatMulGeometry g = ref job.G;
        Tile<V, T> tile = job.Tile;
        var place = job.Blocks.At(chunk, g);
        byte* scratch = (byte*)job.Scratch[worker];
        T* block = (T*)scratch, panel = (T*)(scratch + job.PanelAt), edge = (T*)(scratch + job.EdgeAt);
        int* offsets = (int*)(scratch + job.OffsetsAt);
        int* at = stackalloc int[MostVectors];
        bool finishes = job.Epilogue != null;
        int columns = place.ColumnEnd - place.Column;
        nint aRow = (nint)g.ARow, aColumn = (nint)g.AColumn, bRow = (nint)g.BRow, bColumn = (nint)g.BColumn, cRow = finishes ? columns : g.Columns;
        T* a = job.A + place.Batch * (nint)g.ABatch + place.Row * aRow;
        T* b = job.B + place.Batch * (nint)g.BBatch;
        T* c = finishes ? (T*)(scratch + job.ResultAt) - place.Column
            : job.C + ((nint)place.Piece * g.Batch + place.Batch) * g.Rows * cRow + place.Row * cRow;
        int rows = place.RowEnd - place.Row;
        int wholeRows = rows / tile.Rows * tile.Rows;

        for (int k = place.Step, steps; k < place.StepEnd; k += steps)
        {
            steps = Math.Min(job.Steps, place.StepEnd - k);
            for (int s = 0; s < steps; s++) offsets[s] = (int)(s * (job.PackB ? tile.Width : bRow));
            for (int i = job.PackA ? 0 : wholeRows; i < rows; i += tile.Rows)
            {
                Packing.Pack(a + i * aRow + k * aColumn, aRow, aColumn, Math.Min(tile.Rows, rows - i), steps, block + (nint)i * steps, tile.Rows);
            }

            for (int j = place.Column, width; j < place.ColumnEnd; j += width)
            {
                width = Width(place.ColumnEnd - j, tile.Width);
                Tile<V, T> narrowed = tile.Narrowed(width);
                int last = narrowed.Vectors - 1;
                for (int v = 0; v < last; v++) at[v] = Math.Max(0, Math.Min(v * V.Count, width - V.Count));
                at[last] = Math.Max(0, Math.Min(last * V.Count, width - narrowed.Last));
                T* source = b + k * bRow + j * bColumn;
                if (job.PackB)
                {
                    Packing.Pack(source, bColumn, bRow, width, steps, panel, tile.Width);
                    source = panel;
                }

                for (int i = 0; i < rows; i += tile.Rows)
                {
                    bool packed = job.PackA || i == wholeRows;
                    T* left = packed ? block + (nint)i * steps : a + i * aRow + k * aColumn;
                    nint leftRow = packed ? 1 : aRow, leftStep = packed ? tile.Rows : aColumn;
                    int kept = Math.Min(tile.Rows, rows - i), next = i + tile.Rows;
                    T* target = c + i * cRow + j;
                    if (job.FetchA && next < wholeRows && next % (Line / sizeof(T)) == 0)
                        Ahead.Fetch(left + Line / sizeof(T), aColumn * sizeof(T), steps);

                    if (width >= V.Count) narrowed.Run(steps, left, leftRow, leftStep, source, offsets, at, target, cRow, at, kept, k > place.Step);
                    else
                    {
                        narrowed.Run(steps, left, leftRow, leftStep, source, offsets, at, edge, tile.Width, at, kept, false);
                        Keep(edge, tile.Width, target, cRow, kept, width, k > place.Step);
                    }
                }
            }
        }

        if (finishes) job.Epilogue->Run(c + place.Column, cRow, (nint)place.Batch * g.Rows + place.Row, rows, place.Column, columns);
        if (place.Step >= place.StepEnd) for (int i = 0; i < rows; i++) new Span<T>(c + i * cRow + place.Column, place.ColumnEnd - place.Column).Clear();
    }

    /// <summary>The length of equal parts, each of at most so many.</summary>
    private static int Share(int whole, int most) => whole <= most ? whole : (whole + (whole + most - 1) / most - 1) / ((whole + most - 1) / most);

    /// <summary>A whole tile, unless less than one vector would be left for the next.</summary>
    private static int Width(int left, int tileWidth) =>
        left <= tileWidth ? left : left < tileWidth + V.Count ? tileWidth - V.Count : tileWidth;

    private static void Keep(T* source, int sourceRow, T* target, nint targetRow, int rows, int columns, bool accumulate)
    {
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
        {
            T value = source[i * sourceRow + j];
            target[i * targetRow + j] = accumulate ? target[i * targetRow + j] + value : value;
        }
    }
}
