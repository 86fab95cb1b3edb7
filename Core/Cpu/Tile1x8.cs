using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>One row: bound by the loads of b, so only enough accumulators to hide latency.</summary>
internal static unsafe class Tile1x8
{
    public const int Rows = 1;
    public const int Vectors = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(int steps, T* a, nint aRow, nint aStep, T* b, int* offsets, int* bAt, T* c, nint cRow, int* cAt, int rows, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = default, c01 = default, c02 = default, c03 = default, c04 = default, c05 = default, c06 = default, c07 = default;
        nint b1 = bAt[1] - bAt[0], b2 = bAt[2] - bAt[0], b3 = bAt[3] - bAt[0], b4 = bAt[4] - bAt[0], b5 = bAt[5] - bAt[0], b6 = bAt[6] - bAt[0], b7 = bAt[7] - bAt[0];
        b += bAt[0];
        for (int* end = offsets + steps; offsets < end; offsets++)
        {
            T* source = b + *offsets;
            V v0 = V.Load(source), v1 = V.Load(source + b1), v2 = V.Load(source + b2), v3 = V.Load(source + b3), v4 = V.Load(source + b4), v5 = V.Load(source + b5), v6 = V.Load(source + b6), v7 = V.Load(source + b7);
            V x0 = V.Splat(*a);
            c00 = V.MultiplyAdd(x0, v0, c00);
            c01 = V.MultiplyAdd(x0, v1, c01);
            c02 = V.MultiplyAdd(x0, v2, c02);
            c03 = V.MultiplyAdd(x0, v3, c03);
            c04 = V.MultiplyAdd(x0, v4, c04);
            c05 = V.MultiplyAdd(x0, v5, c05);
            c06 = V.MultiplyAdd(x0, v6, c06);
            c07 = V.MultiplyAdd(x0, v7, c07);
            a += aStep;
        }

        Keep<V, T>(c, cAt, accumulate, c00, c01, c02, c03, c04, c05, c06, c07);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<V, T>(T* row, int* at, bool accumulate, V x0, V x1, V x2, V x3, V x4, V x5, V x6, V x7)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulate)
        {
            x0 += V.Load(row + at[0]);
            x1 += V.Load(row + at[1]);
            x2 += V.Load(row + at[2]);
            x3 += V.Load(row + at[3]);
            x4 += V.Load(row + at[4]);
            x5 += V.Load(row + at[5]);
            x6 += V.Load(row + at[6]);
            x7 += V.Load(row + at[7]);
        }

        x0.Store(row + at[0]);
        x1.Store(row + at[1]);
        x2.Store(row + at[2]);
        x3.Store(row + at[3]);
        x4.Store(row + at[4]);
        x5.Store(row + at[5]);
        x6.Store(row + at[6]);
        x7.Store(row + at[7]);
    }
}
