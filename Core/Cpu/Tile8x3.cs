using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>24 accumulators of the 32 registers that 512-bit lanes have, with 12 loads for 24 products: the widest tile.</summary>
internal static unsafe class Tile8x3
{
    public const int Rows = 8;
    public const int Vectors = 3;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(int steps, T* a, nint aRow, nint aStep, T* b, int* offsets, int* bAt, T* c, nint cRow, int* cAt, int rows, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = default, c01 = default, c02 = default;
        V c10 = default, c11 = default, c12 = default;
        V c20 = default, c21 = default, c22 = default;
        V c30 = default, c31 = default, c32 = default;
        V c40 = default, c41 = default, c42 = default;
        V c50 = default, c51 = default, c52 = default;
        V c60 = default, c61 = default, c62 = default;
        V c70 = default, c71 = default, c72 = default;
        nint a1 = aRow, a2 = 2 * aRow, a3 = 3 * aRow;
        T* a4 = a + 4 * aRow;
        nint b1 = bAt[1] - bAt[0], b2 = bAt[2] - bAt[0];
        b += bAt[0];
        for (int* end = offsets + steps; offsets < end; offsets++)
        {
            T* source = b + *offsets;
            V v0 = V.Load(source), v1 = V.Load(source + b1), v2 = V.Load(source + b2);
            V x0 = V.Splat(*a);
            c00 = V.MultiplyAdd(x0, v0, c00);
            c01 = V.MultiplyAdd(x0, v1, c01);
            c02 = V.MultiplyAdd(x0, v2, c02);
            V x1 = V.Splat(a[a1]);
            c10 = V.MultiplyAdd(x1, v0, c10);
            c11 = V.MultiplyAdd(x1, v1, c11);
            c12 = V.MultiplyAdd(x1, v2, c12);
            V x2 = V.Splat(a[a2]);
            c20 = V.MultiplyAdd(x2, v0, c20);
            c21 = V.MultiplyAdd(x2, v1, c21);
            c22 = V.MultiplyAdd(x2, v2, c22);
            V x3 = V.Splat(a[a3]);
            c30 = V.MultiplyAdd(x3, v0, c30);
            c31 = V.MultiplyAdd(x3, v1, c31);
            c32 = V.MultiplyAdd(x3, v2, c32);
            V x4 = V.Splat(*a4);
            c40 = V.MultiplyAdd(x4, v0, c40);
            c41 = V.MultiplyAdd(x4, v1, c41);
            c42 = V.MultiplyAdd(x4, v2, c42);
            V x5 = V.Splat(a4[a1]);
            c50 = V.MultiplyAdd(x5, v0, c50);
            c51 = V.MultiplyAdd(x5, v1, c51);
            c52 = V.MultiplyAdd(x5, v2, c52);
            V x6 = V.Splat(a4[a2]);
            c60 = V.MultiplyAdd(x6, v0, c60);
            c61 = V.MultiplyAdd(x6, v1, c61);
            c62 = V.MultiplyAdd(x6, v2, c62);
            V x7 = V.Splat(a4[a3]);
            c70 = V.MultiplyAdd(x7, v0, c70);
            c71 = V.MultiplyAdd(x7, v1, c71);
            c72 = V.MultiplyAdd(x7, v2, c72);
            a += aStep;
            a4 += aStep;
        }

        Keep<V, T>(c, cAt, accumulate, c00, c01, c02);
        if (rows > 1) Keep<V, T>(c + cRow, cAt, accumulate, c10, c11, c12);
        if (rows > 2) Keep<V, T>(c + 2 * cRow, cAt, accumulate, c20, c21, c22);
        if (rows > 3) Keep<V, T>(c + 3 * cRow, cAt, accumulate, c30, c31, c32);
        if (rows > 4) Keep<V, T>(c + 4 * cRow, cAt, accumulate, c40, c41, c42);
        if (rows > 5) Keep<V, T>(c + 5 * cRow, cAt, accumulate, c50, c51, c52);
        if (rows > 6) Keep<V, T>(c + 6 * cRow, cAt, accumulate, c60, c61, c62);
        if (rows > 7) Keep<V, T>(c + 7 * cRow, cAt, accumulate, c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<V, T>(T* row, int* at, bool accumulate, V x0, V x1, V x2)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulate)
        {
            x0 += V.Load(row + at[0]);
            x1 += V.Load(row + at[1]);
            x2 += V.Load(row + at[2]);
        }

        x0.Store(row + at[0]);
        x1.Store(row + at[1]);
        x2.Store(row + at[2]);
    }
}
