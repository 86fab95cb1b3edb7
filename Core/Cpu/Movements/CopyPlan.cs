namespace AutoDiffAE.Cpu;

internal enum CopyKind { Block, Splat, Repeat, Reverse, EverySecond, Interleaved, Transposed, Scattered }

/// <summary>
/// A strided copy made ready: target axes run forwards and from the longest stride to the shortest, so that writing is as regular
/// as it can be, and one of several inner loops has been chosen. The work is cut into units: blocks of the two inner axes.
/// </summary>
internal struct CopyPlan
{
    private const long UnitElements = 16384, LongestBlock = 16384, TransposedBlock = 1024;

    /// <summary>The target is operand 0, the source operand 1.</summary>
    public StridedLoop Loop;
    public long TargetOffset, SourceOffset;
    public CopyKind Kind;

    /// <summary>The lengths of the two inner axes, their strides, and the size of the blocks they are cut into.</summary>
    public long Rows, Columns, TargetRow, SourceRow, TargetColumn, SourceColumn, RowBlock, ColumnBlock;
    public int OuterAxes;
    public long Units, UnitsPerChunk;
    public int Chunks;

    /// <param name="sizes">The sizes of the box that is copied; none may have target stride 0 unless it is 1.</param>
    public static CopyPlan Make(
        ReadOnlySpan<int> sizes,
        ReadOnlySpan<long> targetStrides, long targetOffset,
        ReadOnlySpan<long> sourceStrides, long sourceOffset)
    {
        if (sizes.Contains(0)) return default;
        var axes = new List<(long Size, long Target, long Source)>();
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 1) continue;
            if (targetStrides[i] == 0) throw new ArgumentException("two elements would be written to one place", nameof(targetStrides));
            var backwards = targetStrides[i] < 0;
            if (backwards)
            {
                targetOffset += (sizes[i] - 1) * targetStrides[i];
                sourceOffset += (sizes[i] - 1) * sourceStrides[i];
            }
            axes.Add(backwards ? (sizes[i], -targetStrides[i], -sourceStrides[i]) : (sizes[i], targetStrides[i], sourceStrides[i]));
        }
        var loop = Loops([.. axes.OrderByDescending(a => a.Target)]);
        var plan = new CopyPlan { TargetOffset = targetOffset, SourceOffset = sourceOffset };
        plan.Choose(loop);
        return plan;
    }

    private static StridedLoop Loops(IReadOnlyList<(long Size, long Target, long Source)> axes) => StridedLoop.Make(
        axes.Select(a => a.Size).ToArray(), [.. axes.Select(a => a.Target), .. axes.Select(a => a.Source)]);

    private void Choose(StridedLoop loop)
    {
        var inner = loop.Rank - 1;
        (Columns, TargetColumn, SourceColumn) = inner < 0 ? (1, 1, 1) : (loop.Size(inner), loop.Stride(0, inner), loop.Stride(1, inner));
        var across = -1;
        for (var axis = 0; axis < inner; axis++)
            if (loop.Stride(1, axis) == 1) across = axis;
        Kind = TargetColumn != 1 ? CopyKind.Scattered
            : SourceColumn == 1 ? CopyKind.Block
            : Columns == 2 && inner > 0 && loop.Stride(0, inner - 1) == 2 && loop.Stride(1, inner - 1) == 1 ? CopyKind.Interleaved
            : SourceColumn == 0 ? CopyKind.Splat
            : across >= 0 && loop.Size(across) >= 4 && Columns >= 4 ? CopyKind.Transposed
            : SourceColumn == -1 ? CopyKind.Reverse
            : SourceColumn == 2 ? CopyKind.EverySecond
            : CopyKind.Scattered;
        if (Kind == CopyKind.Transposed) loop = MoveNextToLast(loop, across);
        (Loop, OuterAxes) = (loop, Math.Max(inner - 1, 0));
        (Rows, TargetRow, SourceRow) = inner < 1 ? (1, 0, 0) : (loop.Size(inner - 1), loop.Stride(0, inner - 1), loop.Stride(1, inner - 1));
        if (Kind == CopyKind.Splat && TargetRow == Columns && SourceRow == 1) Kind = CopyKind.Repeat;
        ColumnBlock = Math.Min(Columns, Kind == CopyKind.Transposed ? TransposedBlock : LongestBlock);
        RowBlock = Math.Min(Rows, Math.Max(16, UnitElements / ColumnBlock / 16 * 16));
        Units = loop.Iterations(OuterAxes) * Blocks(Rows, RowBlock) * Blocks(Columns, ColumnBlock);
        UnitsPerChunk = Math.Max(1, UnitElements / (RowBlock * ColumnBlock));
        Chunks = checked((int)Blocks(Units, UnitsPerChunk));
    }

    private static StridedLoop MoveNextToLast(StridedLoop loop, int axis)
    {
        var order = Enumerable.Range(0, loop.Rank).Where(a => a != axis).ToList();
        order.Insert(loop.Rank - 2, axis);
        return Loops([.. order.Select(a => (loop.Size(a), loop.Stride(0, a), loop.Stride(1, a)))]);
    }

    private static long Blocks(long size, long block) => (size + block - 1) / block;
}
