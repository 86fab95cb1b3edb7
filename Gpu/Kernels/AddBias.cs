using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V0[i] += V1[filter]. Numbers: the elements of an image of one filter, the filters.</summary>
public readonly struct AddBias<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        v.V0[i] = V.Sum(V.Splat(v.V0[i]) + V.Splat(v.V1[i / a[0] % a[1]]));
    }
}
