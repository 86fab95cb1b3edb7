using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1[target] = V0[source] for each element of a box, at strides of their own. Numbers: rank, sizes, the source's start and strides, the target's.</summary>
public readonly struct StridedCopy<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var rank = a[0];
        v.V1[Offsets.Of(i, a, rank, 1, 2 + 2 * rank)] = v.V0[Offsets.Of(i, a, rank, 1, 1 + rank)];
    }
}
