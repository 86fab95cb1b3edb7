using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Inner products of one row with 12 columns.</summary>
internal static unsafe class Dots1x12
{
    public const int Rows = 1;
    public const int Columns = 12;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(nint length, T* a, int* aAt, T* b, int* bAt, T* sums)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* a0 = a + aAt[0];
        T* b0 = b + bAt[0], b1 = b + bAt[1], b2 = b + bAt[2], b3 = b + bAt[3], b4 = b + bAt[4], b5 = b + bAt[5], b6 = b + bAt[6], b7 = b + bAt[7], b8 = b + bAt[8], b9 = b + bAt[9], b10 = b + bAt[10], b11 = b + bAt[11];
        V c0x0 = V.Load(sums), c0x1 = V.Load(sums + 1 * V.Count), c0x2 = V.Load(sums + 2 * V.Count), c0x3 = V.Load(sums + 3 * V.Count), c0x4 = V.Load(sums + 4 * V.Count), c0x5 = V.Load(sums + 5 * V.Count), c0x6 = V.Load(sums + 6 * V.Count), c0x7 = V.Load(sums + 7 * V.Count), c0x8 = V.Load(sums + 8 * V.Count), c0x9 = V.Load(sums + 9 * V.Count), c0x10 = V.Load(sums + 10 * V.Count), c0x11 = V.Load(sums + 11 * V.Count);
        for (nint p = 0; p < length; p += V.Count)
        {
            V u0 = V.Load(a0 + p);
            V v0 = V.Load(b0 + p);
            c0x0 = V.MultiplyAdd(u0, v0, c0x0);
            V v1 = V.Load(b1 + p);
            c0x1 = V.MultiplyAdd(u0, v1, c0x1);
            V v2 = V.Load(b2 + p);
            c0x2 = V.MultiplyAdd(u0, v2, c0x2);
            V v3 = V.Load(b3 + p);
            c0x3 = V.MultiplyAdd(u0, v3, c0x3);
            V v4 = V.Load(b4 + p);
            c0x4 = V.MultiplyAdd(u0, v4, c0x4);
            V v5 = V.Load(b5 + p);
            c0x5 = V.MultiplyAdd(u0, v5, c0x5);
            V v6 = V.Load(b6 + p);
            c0x6 = V.MultiplyAdd(u0, v6, c0x6);
            V v7 = V.Load(b7 + p);
            c0x7 = V.MultiplyAdd(u0, v7, c0x7);
            V v8 = V.Load(b8 + p);
            c0x8 = V.MultiplyAdd(u0, v8, c0x8);
            V v9 = V.Load(b9 + p);
            c0x9 = V.MultiplyAdd(u0, v9, c0x9);
            V v10 = V.Load(b10 + p);
            c0x10 = V.MultiplyAdd(u0, v10, c0x10);
            V v11 = V.Load(b11 + p);
            c0x11 = V.MultiplyAdd(u0, v11, c0x11);
        }

        c0x0.Store(sums);
        c0x1.Store(sums + 1 * V.Count);
        c0x2.Store(sums + 2 * V.Count);
        c0x3.Store(sums + 3 * V.Count);
        c0x4.Store(sums + 4 * V.Count);
        c0x5.Store(sums + 5 * V.Count);
        c0x6.Store(sums + 6 * V.Count);
        c0x7.Store(sums + 7 * V.Count);
        c0x8.Store(sums + 8 * V.Count);
        c0x9.Store(sums + 9 * V.Count);
        c0x10.Store(sums + 10 * V.Count);
        c0x11.Store(sums + 11 * V.Count);
    }
}
