using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>What one strided copy needs while it runs.</summary>
internal unsafe struct CopyState<T> where T : unmanaged
{
    public CopyPlan Plan;
    public T* Target, Source;
}

/// <summary>
/// Strided copies: transpositions, broadcasts, slices, flips, concatenations and padding are all target[i₀, i₁, …] = source[i₀, i₁, …]
/// with strides of their own. Target and source do not overlap.
/// </summary>
internal static unsafe class Movement<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Chunks(in CopyPlan plan) => plan.Chunks;

    public static void Run(in CopyPlan plan, T* target, T* source)
    {
        var state = new CopyState<T> { Plan = plan, Target = target, Source = source };
        for (var chunk = 0; chunk < plan.Chunks; chunk++) Chunk(&state, chunk, 0);
    }

    /// <param name="state">A <see cref="CopyState{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chunk(void* state, int chunk, int worker)
    {
        var copy = (CopyState<T>*)state;
        var plan = &copy->Plan;
        var (rowBlocks, columnBlocks) = (Blocks(plan->Rows, plan->RowBlock), Blocks(plan->Columns, plan->ColumnBlock));
        var first = chunk * plan->UnitsPerChunk;
        var end = Math.Min(first + plan->UnitsPerChunk, plan->Units);
        var cursor = new StridedCursor(&plan->Loop, plan->OuterAxes, first / (rowBlocks * columnBlocks));
        var (column, row) = (first % columnBlocks, first / columnBlocks % rowBlocks);
        for (var unit = first; unit < end; unit++)
        {
            var (i, j) = (row * plan->RowBlock, column * plan->ColumnBlock);
            Rectangle(
                plan,
                copy->Target + plan->TargetOffset + cursor.First + i * plan->TargetRow + j * plan->TargetColumn,
                copy->Source + plan->SourceOffset + cursor.Second + i * plan->SourceRow + j * plan->SourceColumn,
                Math.Min(plan->RowBlock, plan->Rows - i), Math.Min(plan->ColumnBlock, plan->Columns - j));
            if (++column < columnBlocks) continue;
            column = 0;
            if (++row < rowBlocks) continue;
            row = 0;
            cursor.Next();
        }
    }

    /// <summary>target[i] = source[i·stride]</summary>
    public static void Row(T* target, T* source, long stride, long n)
    {
        switch (stride)
        {
            case -1: Reverse(target, source, n); break;
            case 2: EverySecond(target, source, n); break;
            default: Scattered(target, 1, source, stride, 0, n); break;
        }
    }

    private static long Blocks(long size, long block) => (size + block - 1) / block;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rectangle(CopyPlan* plan, T* target, T* source, long rows, long columns)
    {
        switch (plan->Kind)
        {
            case CopyKind.Transposed:
                Transposition.Run(source, (nint)plan->SourceColumn, checked((int)columns), checked((int)rows), target, (nint)plan->TargetRow);
                return;
            case CopyKind.Repeat when columns == plan->Columns:
                Groups<V, T>.Repeat(target, source, rows, (int)columns);
                return;
            case CopyKind.Interleaved when columns == 2:
                Interleaving<T>.Run<V>(target, source, source + plan->SourceColumn, rows);
                return;
        }
        for (var i = 0L; i < rows; i++, target += plan->TargetRow, source += plan->SourceRow)
            switch (plan->Kind)
            {
                case CopyKind.Block: Block(target, source, columns); break;
                case CopyKind.Splat or CopyKind.Repeat: Fill(target, columns, *source); break;
                case CopyKind.Reverse: Reverse(target, source, columns); break;
                case CopyKind.EverySecond: EverySecond(target, source, columns); break;
                default: Scattered(target, plan->TargetColumn, source, plan->SourceColumn, 0, columns); break;
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(T* target, T* source, long n)
    {
        if (n * sizeof(T) > 512) Buffer.MemoryCopy(source, target, n * sizeof(T), n * sizeof(T));
        else if (n < V.Count) for (var i = 0L; i < n; i++) target[i] = source[i];
        else
        {
            for (var i = 0L; i < n - V.Count; i += V.Count) V.Load(source + i).Store(target + i);
            V.Load(source + n - V.Count).Store(target + n - V.Count);
        }
    }

    /// <summary>target[0..n] = value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(T* target, long n, T value)
    {
        if (n < V.Count)
        {
            for (var i = 0L; i < n; i++) target[i] = value;
            return;
        }
        var v = V.Splat(value);
        for (var i = 0L; i < n - V.Count; i += V.Count) v.Store(target + i);
        v.Store(target + n - V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reverse(T* target, T* source, long n)
    {
        if (n < V.Count)
        {
            for (var i = 0L; i < n; i++) target[i] = source[-i];
            return;
        }
        var start = source - V.Count + 1;
        for (var i = 0L; i < n - V.Count; i += V.Count) Shuffles<V, T>.Reverse(V.Load(start - i)).Store(target + i);
        Shuffles<V, T>.Reverse(V.Load(source - n + 1)).Store(target + n - V.Count);
    }

    /// <summary>A vector's two loads reach one element past its last one, which the row's last element does not have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EverySecond(T* target, T* source, long n)
    {
        var i = EverySecond<V>(target, source, 0, n);
        // A short row has room for shorter vectors.
        if (V.Count > Lanes256<T>.Count) i = EverySecond<Lanes256<T>>(target, source, i, n);
        if (V.Count > Lanes128<T>.Count) i = EverySecond<Lanes128<T>>(target, source, i, n);
        Scattered(target, 1, source, 2, i, n);
    }

    /// <summary>As far as no number behind the last one is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long EverySecond<L>(T* target, T* source, long i, long n) where L : unmanaged, ILanes<L, T>
    {
        for (; i + L.Count < n; i += L.Count)
            Shuffles<L, T>.Evens(L.Load(source + 2 * i), L.Load(source + 2 * i + L.Count)).Store(target + i);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scattered(T* target, long targetStride, T* source, long sourceStride, long i, long n)
    {
        for (; i + 3 < n; i += 4)
        {
            var (a, b) = (source[i * sourceStride], source[(i + 1) * sourceStride]);
            var (c, d) = (source[(i + 2) * sourceStride], source[(i + 3) * sourceStride]);
            (target[i * targetStride], target[(i + 1) * targetStride]) = (a, b);
            (target[(i + 2) * targetStride], target[(i + 3) * targetStride]) = (c, d);
        }
        for (; i < n; i++) target[i * targetStride] = source[i * sourceStride];
    }
}
