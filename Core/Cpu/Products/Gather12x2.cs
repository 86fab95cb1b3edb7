using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Three groups of four rows by two vectors: 24 accumulators, with 14 loads for 24 products.</summary>
internal static unsafe class Gather12x2
{
    public const int Groups = 3;
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
        V c40 = s0, c41 = s1;
        V c50 = s0, c51 = s1;
        V c60 = s0, c61 = s1;
        V c70 = s0, c71 = s1;
        V c80 = s0, c81 = s1;
        V c90 = s0, c91 = s1;
        V ca0 = s0, ca1 = s1;
        V cb0 = s0, cb1 = s1;
        T* a0 = a + groups[0];
        T* a1 = a + groups[1];
        T* a2 = a + groups[2];
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
            T* p1 = a1 + at;
            V x4 = V.Splat(*p1);
            c40 = V.MultiplyAdd(x4, v0, c40);
            c41 = V.MultiplyAdd(x4, v1, c41);
            V x5 = V.Splat(p1[d1]);
            c50 = V.MultiplyAdd(x5, v0, c50);
            c51 = V.MultiplyAdd(x5, v1, c51);
            V x6 = V.Splat(p1[d2]);
            c60 = V.MultiplyAdd(x6, v0, c60);
            c61 = V.MultiplyAdd(x6, v1, c61);
            V x7 = V.Splat(p1[d3]);
            c70 = V.MultiplyAdd(x7, v0, c70);
            c71 = V.MultiplyAdd(x7, v1, c71);
            T* p2 = a2 + at;
            V x8 = V.Splat(*p2);
            c80 = V.MultiplyAdd(x8, v0, c80);
            c81 = V.MultiplyAdd(x8, v1, c81);
            V x9 = V.Splat(p2[d1]);
            c90 = V.MultiplyAdd(x9, v0, c90);
            c91 = V.MultiplyAdd(x9, v1, c91);
            V xa = V.Splat(p2[d2]);
            ca0 = V.MultiplyAdd(xa, v0, ca0);
            ca1 = V.MultiplyAdd(xa, v1, ca1);
            V xb = V.Splat(p2[d3]);
            cb0 = V.MultiplyAdd(xb, v0, cb0);
            cb1 = V.MultiplyAdd(xb, v1, cb1);
            b += bStep;
        }

        T* to0 = c + places[0];
        T* to1 = c + places[1];
        T* to2 = c + places[2];
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
            c40 += V.Load(to1);
            c41 += V.Load(to1 + V.Count);
            c50 += V.Load(to1 + cRow);
            c51 += V.Load(to1 + cRow + V.Count);
            c60 += V.Load(to1 + 2 * cRow);
            c61 += V.Load(to1 + 2 * cRow + V.Count);
            c70 += V.Load(to1 + 3 * cRow);
            c71 += V.Load(to1 + 3 * cRow + V.Count);
            c80 += V.Load(to2);
            c81 += V.Load(to2 + V.Count);
            c90 += V.Load(to2 + cRow);
            c91 += V.Load(to2 + cRow + V.Count);
            ca0 += V.Load(to2 + 2 * cRow);
            ca1 += V.Load(to2 + 2 * cRow + V.Count);
            cb0 += V.Load(to2 + 3 * cRow);
            cb1 += V.Load(to2 + 3 * cRow + V.Count);
        }

        c00.Store(to0);
        c01.Store(to0 + V.Count);
        c10.Store(to0 + cRow);
        c11.Store(to0 + cRow + V.Count);
        c20.Store(to0 + 2 * cRow);
        c21.Store(to0 + 2 * cRow + V.Count);
        c30.Store(to0 + 3 * cRow);
        c31.Store(to0 + 3 * cRow + V.Count);
        c40.Store(to1);
        c41.Store(to1 + V.Count);
        c50.Store(to1 + cRow);
        c51.Store(to1 + cRow + V.Count);
        c60.Store(to1 + 2 * cRow);
        c61.Store(to1 + 2 * cRow + V.Count);
        c70.Store(to1 + 3 * cRow);
        c71.Store(to1 + 3 * cRow + V.Count);
        c80.Store(to2);
        c81.Store(to2 + V.Count);
        c90.Store(to2 + cRow);
        c91.Store(to2 + cRow + V.Count);
        ca0.Store(to2 + 2 * cRow);
        ca1.Store(to2 + 2 * cRow + V.Count);
        cb0.Store(to2 + 3 * cRow);
        cb1.Store(to2 + 3 * cRow + V.Count);
    }
}
