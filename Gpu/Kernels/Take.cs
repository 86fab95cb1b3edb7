using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V2[b, o, i, r] = V0[b, o, V1[b, i], r]. Numbers: o, the axis' length, i, r.</summary>
public readonly struct Take<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (outer, length, indices, inner) = (a[0], a[1], a[2], a[3]);
        var (r, index, group) = (i % inner, i / inner % indices, i / (inner * indices));
        v.V2[i] = v.V0[(group * length + Positions.Of<V, T>(v.V1, group / outer * indices + index, length)) * inner + r];
    }
}
