namespace AutoDiffAE.Cpu;

/// <summary>
/// C[n] = A[n] B[n] for each n of a batch, with A rows × inner and B inner × columns at any strides and C row-major without gaps.
/// A batch stride of 0 uses one matrix for the whole batch.
/// </summary>
internal readonly record struct MatMulGeometry(
    int Batch, int Rows, int Inner, int Columns,
    long ARow, long AColumn, long ABatch,
    long BRow, long BColumn, long BBatch)
{
    /// <summary>Row-major matrices without gaps, of which either may be stored transposed.</summary>
    public static MatMulGeometry Of(int batch, int rows, int inner, int columns, bool transposeA = false, bool transposeB = false) => new(
        batch, rows, inner, columns,
        transposeA ? 1 : inner, transposeA ? rows : 1, (long)rows * inner,
        transposeB ? 1 : columns, transposeB ? inner : 1, (long)inner * columns);

    /// <param name="left">The sizes of A, as it is stored.</param>
    /// <param name="right">The sizes of B, as it is stored.</param>
    public static MatMulGeometry Of(int[] left, int[] right, bool transposeA, bool transposeB) => Of(
        left[..^2].Aggregate(1, (x, y) => x * y), transposeA ? left[^1] : left[^2], transposeA ? left[^2] : left[^1],
        transposeB ? right[^2] : right[^1], transposeA, transposeB);

    /// <summary>The product seen from the other side: Cᵀ = Bᵀ Aᵀ.</summary>
    public MatMulGeometry Transpose() => new(Batch, Columns, Inner, Rows, BColumn, BRow, BBatch, AColumn, ARow, ABatch);
}
