using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V2[b, o, V0[b, i], r] += V1[b, o, i, r] over zeros, in the order of i. An element is one of the result. Numbers as of Take.</summary>
public readonly struct AddAt<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (outer, length, indices, inner) = (a[0], a[1], a[2], a[3]);
        var (r, position, group) = (i % inner, i / inner % length, i / (inner * length));
        V sum = 0;
        for (var index = 0; index < indices; index++)
            if (Positions.Of<V, T>(v.V0, group / outer * indices + index, length) == position) sum += V.Splat(v.V1[(group * indices + index) * inner + r]);
        v.V2[i] = V.Sum(sum);
    }
}
