using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// C[m, n] = Σₖ A[m, k] B[k, n] where elements lie at sums of two offsets: a product of matrices, and with tables for offsets all three legs of a convolution
/// without its windows being stored. A thread has four rows by four columns in registers, and no thread waits for another. Long sums are cut into parts, which
/// are stored one after another.
/// Numbers: 0 m, 1 n, 2 k, 3 the parts, 4 terms of a part, 5 elements of a part's result; then where the tables begin: 6 to 8 of rows in A and C and columns in B, 9 of columns
/// in C, 10 and 11 of terms in A and B, 12 to 14 of the batch in A, B and C.
/// </summary>
public readonly struct GatherProduct<V, T, O> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where O : struct, IOffsetTable
{
    public const int Side = 4;

    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (rows, columns, parts) = (a[0], a[1], a[3]);
        var (rowTiles, columnTiles) = ((rows + Side - 1) / Side, (columns + Side - 1) / Side);
        var (column, row, z) = (i % columnTiles * Side, i / columnTiles % rowTiles * Side, i / (columnTiles * rowTiles));
        var (part, batch) = (z % parts, z / parts);
        var (inA, inB) = (O.At(a, a[12], batch), O.At(a, a[13], batch));
        // Beyond the border the last row or column is computed again and not stored.
        int a0 = inA + O.At(a, a[6], row), a1 = inA + O.At(a, a[6], Math.Min(row + 1, rows - 1)), a2 = inA + O.At(a, a[6], Math.Min(row + 2, rows - 1)), a3 = inA + O.At(a, a[6], Math.Min(row + 3, rows - 1));
        int b0 = inB + O.At(a, a[8], column), b1 = inB + O.At(a, a[8], Math.Min(column + 1, columns - 1)), b2 = inB + O.At(a, a[8], Math.Min(column + 2, columns - 1)), b3 = inB + O.At(a, a[8], Math.Min(column + 3, columns - 1));
        V c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
        V c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
        var end = Math.Min(a[2], (part + 1) * a[4]);
        for (var k = part * a[4]; k < end; k++)
        {
            var (ka, kb) = (O.At(a, a[10], k), O.At(a, a[11], k));
            V x = V.Splat(v.V0[a0 + ka]), y0 = V.Splat(v.V1[b0 + kb]), y1 = V.Splat(v.V1[b1 + kb]), y2 = V.Splat(v.V1[b2 + kb]), y3 = V.Splat(v.V1[b3 + kb]);
            (c00, c01, c02, c03) = (V.MultiplyAdd(x, y0, c00), V.MultiplyAdd(x, y1, c01), V.MultiplyAdd(x, y2, c02), V.MultiplyAdd(x, y3, c03));
            x = V.Splat(v.V0[a1 + ka]);
            (c10, c11, c12, c13) = (V.MultiplyAdd(x, y0, c10), V.MultiplyAdd(x, y1, c11), V.MultiplyAdd(x, y2, c12), V.MultiplyAdd(x, y3, c13));
            x = V.Splat(v.V0[a2 + ka]);
            (c20, c21, c22, c23) = (V.MultiplyAdd(x, y0, c20), V.MultiplyAdd(x, y1, c21), V.MultiplyAdd(x, y2, c22), V.MultiplyAdd(x, y3, c23));
            x = V.Splat(v.V0[a3 + ka]);
            (c30, c31, c32, c33) = (V.MultiplyAdd(x, y0, c30), V.MultiplyAdd(x, y1, c31), V.MultiplyAdd(x, y2, c32), V.MultiplyAdd(x, y3, c33));
        }
        var to = part * a[5] + O.At(a, a[14], batch);
        Store(v, a, to, row, column, c00, c01, c02, c03);
        Store(v, a, to, row + 1, column, c10, c11, c12, c13);
        Store(v, a, to, row + 2, column, c20, c21, c22, c23);
        Store(v, a, to, row + 3, column, c30, c31, c32, c33);
    }

    internal static void Store(Views8<T> v, ArrayView<int> a, int to, int row, int column, V c0, V c1, V c2, V c3)
    {
        if (row >= a[0] || column >= a[1]) return;
        var at = to + O.At(a, a[7], row);
        v.V2[at + O.At(a, a[9], column)] = V.Sum(c0);
        if (column + 1 < a[1]) v.V2[at + O.At(a, a[9], column + 1)] = V.Sum(c1);
        if (column + 2 < a[1]) v.V2[at + O.At(a, a[9], column + 2)] = V.Sum(c2);
        if (column + 3 < a[1]) v.V2[at + O.At(a, a[9], column + 3)] = V.Sum(c3);
    }
}
