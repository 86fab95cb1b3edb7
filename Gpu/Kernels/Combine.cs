using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// The folds of parts p, p + P, … of each result, for P parts after: one level of a tree over the parts of a reduction. Numbers: the parts, P, the strides of
/// result and part in V0, how many threads are of one outer index, and 1 where that is the result, 0 where it is the part. A thread's number is its place in V1.
/// </summary>
public readonly struct Combine<V, T, F> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IDeviceFold
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (parts, after, outer) = (a[0], a[1], a[4]);
        var quotient = i / outer;
        var remainder = i - quotient * outer;
        var result = remainder + (quotient - remainder) * a[5];
        var (first, at) = (quotient + remainder - result, result * a[2]);
        V sum = V.Splat(v.V0[at + first * a[3]]);
        for (var part = first + after; part < parts; part += after) sum = F.Of(sum, V.Splat(v.V0[at + part * a[3]]));
        v.V1[i] = V.Sum(sum);
    }
}
