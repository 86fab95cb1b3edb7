using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>The maximum and its place of windows that tile two axes: V0 (rows, h, columns, 2) → V1, V2 (rows, columns). Numbers: h, columns, the width.</summary>
public readonly struct PairedMaximum<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (height, columns, width) = (a[0], a[1], a[2]);
        var start = (i / columns * height * columns + i % columns) * width;
        V most = V.Splat(v.V0[start]);
        V place = 0;
        for (var tap = 1; tap < height * width; tap++)
        {
            V x = V.Splat(v.V0[start + tap / width * columns * width + tap % width]);
            place = V.SelectBeyond(x, most, V.FromInteger(tap), place);
            most = V.SelectBeyond(x, most, x, most);
        }
        v.V1[i] = V.Sum(most);
        v.V2[i] = V.Sum(place);
    }
}
