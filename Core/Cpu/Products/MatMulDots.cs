using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The product by inner products: vectors lie along the inner axis, on which both operands are contiguous; B is copied first where it
/// is not (its columns are few then).
/// </summary>
internal static unsafe class MatMulDots<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Depth = 1024;

    /// <summary>Each piece pays for summing across lanes.</summary>
    private const int PieceLength = 4096;

    private const int MostRows = 64;
    private const int MostColumns = 96;

    private struct Job
    {
        public MatMulGeometry G;
        public MatMulBlocks Blocks;
        public Dots<V, T> Dots;
        public T* A;
        public T* B;
        public T* C;
        public void** Scratch;
        public nuint TailsAt;
    }

    public static void Run(MatMulGeometry g, T* a, T* b, T* c, Workers workers)
    {
        var dots = Dots<V, T>.For(g.Rows);
        var blocks = new MatMulBlocks(g, dots.Rows, dots.Columns, 1, PieceLength, int.MaxValue, MostRows, MostColumns);
        nint size = (nint)g.Batch * g.Rows * g.Columns;
        bool copyB = g.BRow != 1;
        int matrices = g.BBatch == 0 ? 1 : g.Batch;
        nint copied = copyB ? (nint)matrices * g.Inner * g.Columns : 0;
        T* common = (T*)workers.Common((nuint)((copied + (blocks.Pieces > 1 ? size * blocks.Pieces : 0)) * sizeof(T)));
        if (copyB)
        {
            for (int n = 0; n < matrices; n++)
            {
                Packing.Pack(b + n * (nint)g.BBatch, (nint)g.BRow, (nint)g.BColumn, g.Inner, g.Columns, common + (nint)n * g.Inner * g.Columns, g.Inner);
            }

            b = common;
            g = g with { BRow = 1, BColumn = g.Inner, BBatch = g.BBatch == 0 ? 0 : (long)g.Inner * g.Columns };
        }

        int columnTiles = (blocks.MostColumns(g) + dots.Columns - 1) / dots.Columns;
        int rowTiles = (blocks.Rows + dots.Rows - 1) / dots.Rows;
        var job = new Job
        {
            G = g,
            Blocks = blocks,
            Dots = dots,
            A = a,
            B = b,
            C = blocks.Pieces > 1 ? common + copied : c,
            TailsAt = Scratch.Round((nuint)(rowTiles * columnTiles * dots.Sums * sizeof(T))),
        };
        job.Scratch = workers.Reserve(job.TailsAt + (nuint)((dots.Rows + dots.Columns) * V.Count * sizeof(T)));
        workers.Run(blocks.Count(g.Batch), &RunChunk, &job);
        if (blocks.Pieces > 1) Partials<V, T>.Add(job.C, blocks.Pieces, size, c, workers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        ref MatMulGeometry g = ref job.G;
        Dots<V, T> dots = job.Dots;
        var place = job.Blocks.At(chunk, g);
        byte* scratch = (byte*)job.Scratch[worker];
        T* sums = (T*)scratch, tails = (T*)(scratch + job.TailsAt);
        int* aAt = stackalloc int[Dots<V, T>.MostRows];
        int* bAt = stackalloc int[Dots<V, T>.MostColumns];
        int* tailAt = stackalloc int[Dots<V, T>.MostColumns];
        for (int i = 0; i < dots.Columns; i++) tailAt[i] = i * V.Count;
        nint aRow = (nint)g.ARow, bColumn = (nint)g.BColumn;
        T* a = job.A + place.Batch * (nint)g.ABatch;
        T* b = job.B + place.Batch * (nint)g.BBatch;
        T* c = job.C + ((nint)place.Piece * g.Batch + place.Batch) * g.Rows * g.Columns;
        int columnTiles = (place.ColumnEnd - place.Column + dots.Columns - 1) / dots.Columns;
        int rowTiles = (place.RowEnd - place.Row + dots.Rows - 1) / dots.Rows;
        Memory.Clear(sums, (nint)rowTiles * columnTiles * dots.Sums);

        for (int k = place.Step; k < place.StepEnd; k += Depth)
        {
            int steps = Math.Min(Depth, place.StepEnd - k), whole = steps / V.Count * V.Count;
            T* sum = sums;
            for (int i = place.Row; i < place.RowEnd; i += dots.Rows)
            {
                T* left = a + i * aRow + k;
                for (int s = 0; s < dots.Rows; s++) aAt[s] = (int)(Math.Min(s, place.RowEnd - 1 - i) * aRow);
                for (int j = place.Column; j < place.ColumnEnd; j += dots.Columns, sum += dots.Sums)
                {
                    T* right = b + j * bColumn + k;
                    for (int s = 0; s < dots.Columns; s++) bAt[s] = (int)(Math.Min(s, place.ColumnEnd - 1 - j) * bColumn);
                    dots.Run(whole, left, aAt, right, bAt, sum);
                    if (whole == steps) continue;
                    Tail(left + whole, aAt, dots.Rows, steps - whole, tails);
                    Tail(right + whole, bAt, dots.Columns, steps - whole, tails + dots.Rows * V.Count);
                    dots.Run(V.Count, tails, tailAt, tails + dots.Rows * V.Count, tailAt, sum);
                }
            }
        }

        for (int i = place.Row; i < place.RowEnd; i++)
        for (int j = place.Column; j < place.ColumnEnd; j++)
        {
            int row = i - place.Row, column = j - place.Column;
            T* tile = sums + ((nint)(row / dots.Rows) * columnTiles + column / dots.Columns) * dots.Sums;
            c[(nint)i * g.Columns + j] = V.Sum(V.Load(tile + (row % dots.Rows * dots.Columns + column % dots.Columns) * V.Count));
        }
    }

    /// <summary>The last numbers of each line, short of a vector, with zeros after them.</summary>
    private static void Tail(T* source, int* at, int lines, int count, T* target)
    {
        for (int i = 0; i < lines; i++, target += V.Count)
        for (int p = 0; p < V.Count; p++) target[p] = p < count ? source[at[i] + p] : T.Zero;
    }
}
