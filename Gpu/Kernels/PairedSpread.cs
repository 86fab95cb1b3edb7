using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V2 (rows, h, columns, 2) = V0 at the places V1, (rows, columns), else 0. An element is a window. Numbers as of PairedMaximum.</summary>
public readonly struct PairedSpread<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (height, columns, width) = (a[0], a[1], a[2]);
        var start = (i / columns * height * columns + i % columns) * width;
        V value = V.Splat(v.V0[i]);
        V place = V.Splat(v.V1[i]);
        for (var tap = 0; tap < height * width; tap++)
            v.V2[start + tap / width * columns * width + tap % width] = V.Sum(V.Select(V.Equal(place, V.FromInteger(tap)), value, 0));
    }
}
