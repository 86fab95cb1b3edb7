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

    /// <summary>The product seen from the other side: Cᵀ = Bᵀ Aᵀ.</summary>
    public MatMulGeometry Transpose() => new(Batch, Columns, Inner, Rows, BColumn, BRow, BBatch, AColumn, ARow, ABatch);
}
