using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Inner products of 2 rows with 5 columns, within the 16 registers of 256- and 128-bit lanes.</summary>
internal static unsafe class Dots2x5
{
    public const int Rows = 2;
    public const int Columns = 5;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(nint length, T* a, int* aAt, T* b, int* bAt, T* sums)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* a0 = a + aAt[0], a1 = a + aAt[1];
        T* b0 = b + bAt[0], b1 = b + bAt[1], b2 = b + bAt[2], b3 = b + bAt[3], b4 = b + bAt[4];
        V c0x0 = V.Load(sums), c0x1 = V.Load(sums + 1 * V.Count), c0x2 = V.Load(sums + 2 * V.Count), c0x3 = V.Load(sums + 3 * V.Count), c0x4 = V.Load(sums + 4 * V.Count);
        V c1x0 = V.Load(sums + 5 * V.Count), c1x1 = V.Load(sums + 6 * V.Count), c1x2 = V.Load(sums + 7 * V.Count), c1x3 = V.Load(sums + 8 * V.Count), c1x4 = V.Load(sums + 9 * V.Count);
        for (nint p = 0; p < length; p += V.Count)
        {
            V u0 = V.Load(a0 + p), u1 = V.Load(a1 + p);
            V v0 = V.Load(b0 + p);
            c0x0 = V.MultiplyAdd(u0, v0, c0x0);
            c1x0 = V.MultiplyAdd(u1, v0, c1x0);
            V v1 = V.Load(b1 + p);
            c0x1 = V.MultiplyAdd(u0, v1, c0x1);
            c1x1 = V.MultiplyAdd(u1, v1, c1x1);
            V v2 = V.Load(b2 + p);
            c0x2 = V.MultiplyAdd(u0, v2, c0x2);
            c1x2 = V.MultiplyAdd(u1, v2, c1x2);
            V v3 = V.Load(b3 + p);
            c0x3 = V.MultiplyAdd(u0, v3, c0x3);
            c1x3 = V.MultiplyAdd(u1, v3, c1x3);
            V v4 = V.Load(b4 + p);
            c0x4 = V.MultiplyAdd(u0, v4, c0x4);
            c1x4 = V.MultiplyAdd(u1, v4, c1x4);
        }

        c0x0.Store(sums);
        c0x1.Store(sums + 1 * V.Count);
        c0x2.Store(sums + 2 * V.Count);
        c0x3.Store(sums + 3 * V.Count);
        c0x4.Store(sums + 4 * V.Count);
        c1x0.Store(sums + 5 * V.Count);
        c1x1.Store(sums + 6 * V.Count);
        c1x2.Store(sums + 7 * V.Count);
        c1x3.Store(sums + 8 * V.Count);
        c1x4.Store(sums + 9 * V.Count);
    }
}
