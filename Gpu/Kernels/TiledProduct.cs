using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// The product of <see cref="GatherProduct{V, T, O}"/> for devices with fast shared memory: a group of 16 by 16 threads makes a tile of 64 by 64, of which
/// each thread has four rows by four columns in registers. Sixteen terms at a time, the group brings the tile's rows of A and columns of B into shared memory,
/// so that each is read from global memory once for 64 uses. Sums are in the same order. Numbers are the same.
/// </summary>
public static class TiledProduct<V, T, O>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where O : struct, IOffsetTable
{
    public const int Threads = 16, Side = 64, Terms = 16;

    /// <summary>A group is a tile of a part of an element of the batch.</summary>
    public static void Run(Views8<T> v, ArrayView<int> a)
    {
        var (rows, columns, parts) = (a[0], a[1], a[3]);
        var (rowTiles, columnTiles) = ((rows + Side - 1) / Side, (columns + Side - 1) / Side);
        var group = Grid.IdxX;
        var (column, row, z) = (group % columnTiles * Side, group / columnTiles % rowTiles * Side, group / (columnTiles * rowTiles));
        var (part, batch) = (z % parts, z / parts);
        var (inA, inB) = (O.At(a, a[12], batch), O.At(a, a[13], batch));
        var (x, y) = (Group.IdxX % Threads, Group.IdxX / Threads);
        // A row of terms has one element more than it needs, so that a column lies in different banks.
        var sharedA = SharedMemory.Allocate<T>(Terms * (Side + 1));
        var sharedB = SharedMemory.Allocate<T>(Terms * (Side + 1));
        V c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
        V c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
        var end = Math.Min(a[2], (part + 1) * a[4]);
        for (var first = part * a[4]; first < end; first += Terms)
        {
            for (var i = Group.IdxX; i < Terms * Side; i += Threads * Threads)
            {
                // Neighbouring threads read neighbouring terms of A and neighbouring columns of B.
                var (term, line) = (i % Terms, i / Terms);
                sharedA[term * (Side + 1) + line] = first + term < end && row + line < rows ? v.V0[inA + O.At(a, a[6], row + line) + O.At(a, a[10], first + term)] : V.Sum(0);
                (line, term) = (i % Side, i / Side);
                sharedB[term * (Side + 1) + line] = first + term < end && column + line < columns ? v.V1[inB + O.At(a, a[8], column + line) + O.At(a, a[11], first + term)] : V.Sum(0);
            }
            Group.Barrier();
            for (var k = 0; k < Terms; k++)
            {
                var (atA, atB) = (k * (Side + 1) + 4 * y, k * (Side + 1) + 4 * x);
                V a0 = V.Splat(sharedA[atA]), a1 = V.Splat(sharedA[atA + 1]), a2 = V.Splat(sharedA[atA + 2]), a3 = V.Splat(sharedA[atA + 3]);
                V b0 = V.Splat(sharedB[atB]), b1 = V.Splat(sharedB[atB + 1]), b2 = V.Splat(sharedB[atB + 2]), b3 = V.Splat(sharedB[atB + 3]);
                (c00, c01, c02, c03) = (V.MultiplyAdd(a0, b0, c00), V.MultiplyAdd(a0, b1, c01), V.MultiplyAdd(a0, b2, c02), V.MultiplyAdd(a0, b3, c03));
                (c10, c11, c12, c13) = (V.MultiplyAdd(a1, b0, c10), V.MultiplyAdd(a1, b1, c11), V.MultiplyAdd(a1, b2, c12), V.MultiplyAdd(a1, b3, c13));
                (c20, c21, c22, c23) = (V.MultiplyAdd(a2, b0, c20), V.MultiplyAdd(a2, b1, c21), V.MultiplyAdd(a2, b2, c22), V.MultiplyAdd(a2, b3, c23));
                (c30, c31, c32, c33) = (V.MultiplyAdd(a3, b0, c30), V.MultiplyAdd(a3, b1, c31), V.MultiplyAdd(a3, b2, c32), V.MultiplyAdd(a3, b3, c33));
            }
            Group.Barrier();
        }
        var to = part * a[5] + O.At(a, a[14], batch);
        (row, column) = (row + 4 * y, column + 4 * x);
        GatherProduct<V, T, O>.Store(v, a, to, row, column, c00, c01, c02, c03);
        GatherProduct<V, T, O>.Store(v, a, to, row + 1, column, c10, c11, c12, c13);
        GatherProduct<V, T, O>.Store(v, a, to, row + 2, column, c20, c21, c22, c23);
        GatherProduct<V, T, O>.Store(v, a, to, row + 3, column, c30, c31, c32, c33);
    }
}
