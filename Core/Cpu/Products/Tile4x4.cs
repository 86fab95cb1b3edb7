using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>16 accumulators for few rows and a number of vectors that six would leave empty: 8 loads for 16 products.</summary>
internal static unsafe class Tile4x4
{
    public const int Rows = 4;
    public const int Vectors = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(int steps, T* a, nint aRow, nint aStep, T* b, int* offsets, int* bAt, T* c, nint cRow, int* cAt, int rows, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = default, c01 = default, c02 = default, c03 = default;
        V c10 = default, c11 = default, c12 = default, c13 = default;
        V c20 = default, c21 = default, c22 = default, c23 = default;
        V c30 = default, c31 = default, c32 = default, c33 = default;
        nint a1 = aRow, a2 = 2 * aRow, a3 = 3 * aRow;
        nint b1 = bAt[1] - bAt[0], b2 = bAt[2] - bAt[0], b3 = bAt[3] - bAt[0];
        b += bAt[0];
        for (int* end = offsets + steps; offsets < end; offsets++)
        {
            T* source = b + *offsets;
            V v0 = V.Load(source), v1 = V.Load(source + b1), v2 = V.Load(source + b2), v3 = V.Load(source + b3);
            V x0 = V.Splat(*a);
            c00 = V.MultiplyAdd(x0, v0, c00);
            c01 = V.MultiplyAdd(x0, v1, c01);
            c02 = V.MultiplyAdd(x0, v2, c02);
            c03 = V.MultiplyAdd(x0, v3, c03);
            V x1 = V.Splat(a[a1]);
            c10 = V.MultiplyAdd(x1, v0, c10);
            c11 = V.MultiplyAdd(x1, v1, c11);
            c12 = V.MultiplyAdd(x1, v2, c12);
            c13 = V.MultiplyAdd(x1, v3, c13);
            V x2 = V.Splat(a[a2]);
            c20 = V.MultiplyAdd(x2, v0, c20);
            c21 = V.MultiplyAdd(x2, v1, c21);
            c22 = V.MultiplyAdd(x2, v2, c22);
            c23 = V.MultiplyAdd(x2, v3, c23);
            V x3 = V.Splat(a[a3]);
            c30 = V.MultiplyAdd(x3, v0, c30);
            c31 = V.MultiplyAdd(x3, v1, c31);
            c32 = V.MultiplyAdd(x3, v2, c32);
            c33 = V.MultiplyAdd(x3, v3, c33);
            a += aStep;
        }

        Keep<V, T>(c, cAt, accumulate, c00, c01, c02, c03);
        if (rows > 1) Keep<V, T>(c + cRow, cAt, accumulate, c10, c11, c12, c13);
        if (rows > 2) Keep<V, T>(c + 2 * cRow, cAt, accumulate, c20, c21, c22, c23);
        if (rows > 3) Keep<V, T>(c + 3 * cRow, cAt, accumulate, c30, c31, c32, c33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<V, T>(T* row, int* at, bool accumulate, V x0, V x1, V x2, V x3)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulate)
        {
            x0 += V.Load(row + at[0]);
            x1 += V.Load(row + at[1]);
            x2 += V.Load(row + at[2]);
            x3 += V.Load(row + at[3]);
        }

        x0.Store(row + at[0]);
        x1.Store(row + at[1]);
        x2.Store(row + at[2]);
        x3.Store(row + at[3]);
    }
}
