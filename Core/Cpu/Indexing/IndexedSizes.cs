namespace AutoDiffAE.Cpu;

/// <summary>An array (b, o, n, r) with indices (b, i) along n, each group of axes as one.</summary>
internal readonly record struct IndexedSizes(long Batches, long Outer, long Length, long Indices, long Inner)
{
    /// <summary>The array's lines through n, o of them for each batch.</summary>
    public long Groups => Batches * Outer;

    public static IndexedSizes Of(ReadOnlySpan<int> array, ReadOnlySpan<int> indices, int batch, int axis) => new(
        Count(array[..batch]), Count(array[batch..axis]), array[axis], Count(indices[batch..]), Count(array[(axis + 1)..]));

    private static long Count(ReadOnlySpan<int> sizes)
    {
        var count = 1L;
        foreach (var size in sizes) count *= size;
        return count;
    }
}
