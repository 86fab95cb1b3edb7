using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1[i] = the fold of V0's elements i, i + R, …, a share of them: one level of a tree over parts of a reduction. Numbers: R, the parts, the parts after.</summary>
public readonly struct Combine<V, T, F> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IDeviceFold
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (results, parts, after) = (a[0], a[1], a[2]);
        var (result, share) = (i % results, i / results);
        V sum = V.Splat(v.V0[share * results + result]);
        for (var part = share + after; part < parts; part += after) sum = F.Of(sum, V.Splat(v.V0[part * results + result]));
        v.V1[i] = V.Sum(sum);
    }
}
