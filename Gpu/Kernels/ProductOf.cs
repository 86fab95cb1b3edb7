using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1[i] = the product of a line of V0. Numbers: the reduced elements, then as of Attained.</summary>
public readonly struct ProductOf<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (count, kept) = (a[0], a[1]);
        var reduced = 2 + 2 * kept + 1;
        var start = Offsets.Of(i, a, kept, 2, 2 + kept);
        V product = 1;
        for (var e = 0; e < count; e++) product *= V.Splat(v.V0[start + Offsets.Of(e, a, a[reduced], reduced + 1, reduced + 1 + a[reduced])]);
        v.V1[i] = V.Sum(product);
    }
}
