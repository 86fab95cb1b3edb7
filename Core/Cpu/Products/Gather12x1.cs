using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Three groups of four rows by one vector, where there are no more columns.</summary>
internal static unsafe class Gather12x1
{
    public const int Groups = 3;
    public const int Vectors = 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(int steps, T* a, int* offsets, int* groups, nint d1, nint d2, nint d3, T* b, nint bStep, T* start, T* c, int* places, nint cRow, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s0 = start == null ? default : V.Load(start);
        V c00 = s0;
        V c10 = s0;
        V c20 = s0;
        V c30 = s0;
        V c40 = s0;
        V c50 = s0;
        V c60 = s0;
        V c70 = s0;
        V c80 = s0;
        V c90 = s0;
        V ca0 = s0;
        V cb0 = s0;
        T* a0 = a + groups[0];
        T* a1 = a + groups[1];
        T* a2 = a + groups[2];
        for (int* end = offsets + steps; offsets < end; offsets++)
        {
            nint at = *offsets;
            V v0 = V.Load(b);
            T* p0 = a0 + at;
            V x0 = V.Splat(*p0);
            c00 = V.MultiplyAdd(x0, v0, c00);
            V x1 = V.Splat(p0[d1]);
            c10 = V.MultiplyAdd(x1, v0, c10);
            V x2 = V.Splat(p0[d2]);
            c20 = V.MultiplyAdd(x2, v0, c20);
            V x3 = V.Splat(p0[d3]);
            c30 = V.MultiplyAdd(x3, v0, c30);
            T* p1 = a1 + at;
            V x4 = V.Splat(*p1);
            c40 = V.MultiplyAdd(x4, v0, c40);
            V x5 = V.Splat(p1[d1]);
            c50 = V.MultiplyAdd(x5, v0, c50);
            V x6 = V.Splat(p1[d2]);
            c60 = V.MultiplyAdd(x6, v0, c60);
            V x7 = V.Splat(p1[d3]);
            c70 = V.MultiplyAdd(x7, v0, c70);
            T* p2 = a2 + at;
            V x8 = V.Splat(*p2);
            c80 = V.MultiplyAdd(x8, v0, c80);
            V x9 = V.Splat(p2[d1]);
            c90 = V.MultiplyAdd(x9, v0, c90);
            V xa = V.Splat(p2[d2]);
            ca0 = V.MultiplyAdd(xa, v0, ca0);
            V xb = V.Splat(p2[d3]);
            cb0 = V.MultiplyAdd(xb, v0, cb0);
            b += bStep;
        }

        T* to0 = c + places[0];
        T* to1 = c + places[1];
        T* to2 = c + places[2];
        if (accumulate)
        {
            c00 += V.Load(to0);
            c10 += V.Load(to0 + cRow);
            c20 += V.Load(to0 + 2 * cRow);
            c30 += V.Load(to0 + 3 * cRow);
            c40 += V.Load(to1);
            c50 += V.Load(to1 + cRow);
            c60 += V.Load(to1 + 2 * cRow);
            c70 += V.Load(to1 + 3 * cRow);
            c80 += V.Load(to2);
            c90 += V.Load(to2 + cRow);
            ca0 += V.Load(to2 + 2 * cRow);
            cb0 += V.Load(to2 + 3 * cRow);
        }

        c00.Store(to0);
        c10.Store(to0 + cRow);
        c20.Store(to0 + 2 * cRow);
        c30.Store(to0 + 3 * cRow);
        c40.Store(to1);
        c50.Store(to1 + cRow);
        c60.Store(to1 + 2 * cRow);
        c70.Store(to1 + 3 * cRow);
        c80.Store(to2);
        c90.Store(to2 + cRow);
        ca0.Store(to2 + 2 * cRow);
        cb0.Store(to2 + 3 * cRow);
    }
}
