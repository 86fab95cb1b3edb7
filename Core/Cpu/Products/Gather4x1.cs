using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>One group by one vector.</summary>
internal static unsafe class Gather4x1
{
    public const int Groups = 1;
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
        T* a0 = a + groups[0];
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
            b += bStep;
        }

        T* to0 = c + places[0];
        if (accumulate)
        {
            c00 += V.Load(to0);
            c10 += V.Load(to0 + cRow);
            c20 += V.Load(to0 + 2 * cRow);
            c30 += V.Load(to0 + 3 * cRow);
        }

        c00.Store(to0);
        c10.Store(to0 + cRow);
        c20.Store(to0 + 2 * cRow);
        c30.Store(to0 + 3 * cRow);
    }
}
