using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Inner products of 4 rows with 6 columns: 24 accumulators for 10 loads, with 512-bit lanes.</summary>
internal static unsafe class Dots4x6
{
    public const int Rows = 4;
    public const int Columns = 6;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(nint length, T* a, int* aAt, T* b, int* bAt, T* sums)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* a0 = a + aAt[0], a1 = a + aAt[1], a2 = a + aAt[2], a3 = a + aAt[3];
        T* b0 = b + bAt[0], b1 = b + bAt[1], b2 = b + bAt[2], b3 = b + bAt[3], b4 = b + bAt[4], b5 = b + bAt[5];
        V c0x0 = V.Load(sums), c0x1 = V.Load(sums + 1 * V.Count), c0x2 = V.Load(sums + 2 * V.Count), c0x3 = V.Load(sums + 3 * V.Count), c0x4 = V.Load(sums + 4 * V.Count), c0x5 = V.Load(sums + 5 * V.Count);
        V c1x0 = V.Load(sums + 6 * V.Count), c1x1 = V.Load(sums + 7 * V.Count), c1x2 = V.Load(sums + 8 * V.Count), c1x3 = V.Load(sums + 9 * V.Count), c1x4 = V.Load(sums + 10 * V.Count), c1x5 = V.Load(sums + 11 * V.Count);
        V c2x0 = V.Load(sums + 12 * V.Count), c2x1 = V.Load(sums + 13 * V.Count), c2x2 = V.Load(sums + 14 * V.Count), c2x3 = V.Load(sums + 15 * V.Count), c2x4 = V.Load(sums + 16 * V.Count), c2x5 = V.Load(sums + 17 * V.Count);
        V c3x0 = V.Load(sums + 18 * V.Count), c3x1 = V.Load(sums + 19 * V.Count), c3x2 = V.Load(sums + 20 * V.Count), c3x3 = V.Load(sums + 21 * V.Count), c3x4 = V.Load(sums + 22 * V.Count), c3x5 = V.Load(sums + 23 * V.Count);
        for (nint p = 0; p < length; p += V.Count)
        {
            V u0 = V.Load(a0 + p), u1 = V.Load(a1 + p), u2 = V.Load(a2 + p), u3 = V.Load(a3 + p);
            V v0 = V.Load(b0 + p);
            c0x0 = V.MultiplyAdd(u0, v0, c0x0);
            c1x0 = V.MultiplyAdd(u1, v0, c1x0);
            c2x0 = V.MultiplyAdd(u2, v0, c2x0);
            c3x0 = V.MultiplyAdd(u3, v0, c3x0);
            V v1 = V.Load(b1 + p);
            c0x1 = V.MultiplyAdd(u0, v1, c0x1);
            c1x1 = V.MultiplyAdd(u1, v1, c1x1);
            c2x1 = V.MultiplyAdd(u2, v1, c2x1);
            c3x1 = V.MultiplyAdd(u3, v1, c3x1);
            V v2 = V.Load(b2 + p);
            c0x2 = V.MultiplyAdd(u0, v2, c0x2);
            c1x2 = V.MultiplyAdd(u1, v2, c1x2);
            c2x2 = V.MultiplyAdd(u2, v2, c2x2);
            c3x2 = V.MultiplyAdd(u3, v2, c3x2);
            V v3 = V.Load(b3 + p);
            c0x3 = V.MultiplyAdd(u0, v3, c0x3);
            c1x3 = V.MultiplyAdd(u1, v3, c1x3);
            c2x3 = V.MultiplyAdd(u2, v3, c2x3);
            c3x3 = V.MultiplyAdd(u3, v3, c3x3);
            V v4 = V.Load(b4 + p);
            c0x4 = V.MultiplyAdd(u0, v4, c0x4);
            c1x4 = V.MultiplyAdd(u1, v4, c1x4);
            c2x4 = V.MultiplyAdd(u2, v4, c2x4);
            c3x4 = V.MultiplyAdd(u3, v4, c3x4);
            V v5 = V.Load(b5 + p);
            c0x5 = V.MultiplyAdd(u0, v5, c0x5);
            c1x5 = V.MultiplyAdd(u1, v5, c1x5);
            c2x5 = V.MultiplyAdd(u2, v5, c2x5);
            c3x5 = V.MultiplyAdd(u3, v5, c3x5);
        }

        c0x0.Store(sums);
        c0x1.Store(sums + 1 * V.Count);
        c0x2.Store(sums + 2 * V.Count);
        c0x3.Store(sums + 3 * V.Count);
        c0x4.Store(sums + 4 * V.Count);
        c0x5.Store(sums + 5 * V.Count);
        c1x0.Store(sums + 6 * V.Count);
        c1x1.Store(sums + 7 * V.Count);
        c1x2.Store(sums + 8 * V.Count);
        c1x3.Store(sums + 9 * V.Count);
        c1x4.Store(sums + 10 * V.Count);
        c1x5.Store(sums + 11 * V.Count);
        c2x0.Store(sums + 12 * V.Count);
        c2x1.Store(sums + 13 * V.Count);
        c2x2.Store(sums + 14 * V.Count);
        c2x3.Store(sums + 15 * V.Count);
        c2x4.Store(sums + 16 * V.Count);
        c2x5.Store(sums + 17 * V.Count);
        c3x0.Store(sums + 18 * V.Count);
        c3x1.Store(sums + 19 * V.Count);
        c3x2.Store(sums + 20 * V.Count);
        c3x3.Store(sums + 21 * V.Count);
        c3x4.Store(sums + 22 * V.Count);
        c3x5.Store(sums + 23 * V.Count);
    }
}
