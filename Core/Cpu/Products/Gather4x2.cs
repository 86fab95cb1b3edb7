using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>One group by two vectors, for processors of 16 registers.</summary>
internal static unsafe class Gather4x2
{
    public const int Groups = 1;
    public const int Vectors = 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(int steps, T* a, int* offsets, int* groups, nint d1, nint d2, nint d3, T* b, nint bStep, T* start, T* c, int* places, nint cRow, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s0 = start == null ? default : V.Load(start);
        V s1 = start == null ? default : V.Load(start + 1 * V.Count);
        V c00 = s0, c01 = s1;
        V c10 = s0, c11 = s1;
        V c20 = s0, c21 = s1;
        V c30 = s0, c31 = s1;
        T* a0 = a + groups[0];
        for (int* end = offsets + steps; offsets < end; offsets++)
        {
            nint at = *offsets;
            V v0 = V.Load(b), v1 = V.Load(b + 1 * V.Count);
            T* p0 = a0 + at;
            V x0 = V.Splat(*p0);
            c00 = V.MultiplyAdd(x0, v0, c00);
            c01 = V.MultiplyAdd(x0, v1, c01);
            V x1 = V.Splat(p0[d1]);
            c10 = V.MultiplyAdd(x1, v0, c10);
            c11 = V.MultiplyAdd(x1, v1, c11);
            V x2 = V.Splat(p0[d2]);
            c20 = V.MultiplyAdd(x2, v0, c20);
            c21 = V.MultiplyAdd(x2, v1, c21);
            V x3 = V.Splat(p0[d3]);
            c30 = V.MultiplyAdd(x3, v0, c30);
            c31 = V.MultiplyAdd(x3, v1, c31);
            b += bStep;
        }

        T* to0 = c + places[0];
        if (accumulate)
        {
            c00 += V.Load(to0);
            c01 += V.Load(to0 + V.Count);
            c10 += V.Load(to0 + cRow);
            c11 += V.Load(to0 + cRow + V.Count);
            c20 += V.Load(to0 + 2 * cRow);
            c21 += V.Load(to0 + 2 * cRow + V.Count);
            c30 += V.Load(to0 + 3 * cRow);
            c31 += V.Load(to0 + 3 * cRow + V.Count);
        }

        c00.Store(to0);
        c01.Store(to0 + V.Count);
        c10.Store(to0 + cRow);
        c11.Store(to0 + cRow + V.Count);
        c20.Store(to0 + 2 * cRow);
        c21.Store(to0 + 2 * cRow + V.Count);
        c30.Store(to0 + 3 * cRow);
        c31.Store(to0 + 3 * cRow + V.Count);
    }
}
