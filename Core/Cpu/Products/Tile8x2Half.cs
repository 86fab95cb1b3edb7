using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Eight rows by two vectors and a half: the half of two rows shares an accumulator, so 40 columns cost five multiply-adds for two
/// rows where three whole vectors would cost six. The third place in b and c is that of the half.
/// </summary>
internal static unsafe class Tile8x2Half
{
    public const int Rows = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(int steps, T* a, nint aRow, nint aStep, T* b, int* offsets, int* bAt, T* c, nint cRow, int* cAt, int rows, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = default, c01 = default, c10 = default, c11 = default, h01 = default;
        V c20 = default, c21 = default, c30 = default, c31 = default, h23 = default;
        V c40 = default, c41 = default, c50 = default, c51 = default, h45 = default;
        V c60 = default, c61 = default, c70 = default, c71 = default, h67 = default;
        nint a1 = aRow, a2 = 2 * aRow, a3 = 3 * aRow;
        T* a4 = a + 4 * aRow;
        nint b1 = bAt[1] - bAt[0], b2 = bAt[2] - bAt[0];
        b += bAt[0];
        for (int* end = offsets + steps; offsets < end; offsets++)
        {
            T* source = b + *offsets;
            V v0 = V.Load(source), v1 = V.Load(source + b1), half = Shuffles<V, T>.HalfTwice(source + b2);
            V x0 = V.Splat(*a);
            c00 = V.MultiplyAdd(x0, v0, c00);
            c01 = V.MultiplyAdd(x0, v1, c01);
            V x1 = V.Splat(a[a1]);
            c10 = V.MultiplyAdd(x1, v0, c10);
            c11 = V.MultiplyAdd(x1, v1, c11);
            h01 = V.MultiplyAdd(Shuffles<V, T>.Halves(x0, x1), half, h01);
            V x2 = V.Splat(a[a2]);
            c20 = V.MultiplyAdd(x2, v0, c20);
            c21 = V.MultiplyAdd(x2, v1, c21);
            V x3 = V.Splat(a[a3]);
            c30 = V.MultiplyAdd(x3, v0, c30);
            c31 = V.MultiplyAdd(x3, v1, c31);
            h23 = V.MultiplyAdd(Shuffles<V, T>.Halves(x2, x3), half, h23);
            V x4 = V.Splat(*a4);
            c40 = V.MultiplyAdd(x4, v0, c40);
            c41 = V.MultiplyAdd(x4, v1, c41);
            V x5 = V.Splat(a4[a1]);
            c50 = V.MultiplyAdd(x5, v0, c50);
            c51 = V.MultiplyAdd(x5, v1, c51);
            h45 = V.MultiplyAdd(Shuffles<V, T>.Halves(x4, x5), half, h45);
            V x6 = V.Splat(a4[a2]);
            c60 = V.MultiplyAdd(x6, v0, c60);
            c61 = V.MultiplyAdd(x6, v1, c61);
            V x7 = V.Splat(a4[a3]);
            c70 = V.MultiplyAdd(x7, v0, c70);
            c71 = V.MultiplyAdd(x7, v1, c71);
            h67 = V.MultiplyAdd(Shuffles<V, T>.Halves(x6, x7), half, h67);
            a += aStep;
            a4 += aStep;
        }

        Keep<V, T>(c, cAt, accumulate, c00, c01, h01);
        if (rows > 1) Keep<V, T>(c + cRow, cAt, accumulate, c10, c11, Shuffles<V, T>.UpperFirst(h01));
        if (rows > 2) Keep<V, T>(c + 2 * cRow, cAt, accumulate, c20, c21, h23);
        if (rows > 3) Keep<V, T>(c + 3 * cRow, cAt, accumulate, c30, c31, Shuffles<V, T>.UpperFirst(h23));
        if (rows > 4) Keep<V, T>(c + 4 * cRow, cAt, accumulate, c40, c41, h45);
        if (rows > 5) Keep<V, T>(c + 5 * cRow, cAt, accumulate, c50, c51, Shuffles<V, T>.UpperFirst(h45));
        if (rows > 6) Keep<V, T>(c + 6 * cRow, cAt, accumulate, c60, c61, h67);
        if (rows > 7) Keep<V, T>(c + 7 * cRow, cAt, accumulate, c70, c71, Shuffles<V, T>.UpperFirst(h67));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<V, T>(T* row, int* at, bool accumulate, V x0, V x1, V half)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulate)
        {
            x0 += V.Load(row + at[0]);
            x1 += V.Load(row + at[1]);
            half += Shuffles<V, T>.HalfTwice(row + at[2]);
        }

        x0.Store(row + at[0]);
        x1.Store(row + at[1]);
        Shuffles<V, T>.StoreLower(half, row + at[2]);
    }
}
