using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V2 along an axis: yₖ = aₖ yₖ₋₁ + bₖ. An element is a line. Numbers: the kind (0 with factors V0, 1 a sum, 2 a maximum), the length, the stride, backwards.</summary>
public readonly struct Scan<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (kind, length, stride) = (a[0], a[1], a[2]);
        var at = i / stride * length * stride + i % stride + (a[3] != 0 ? (length - 1) * stride : 0);
        var step = a[3] != 0 ? -stride : stride;
        V y = V.Splat(v.V1[at]);
        v.V2[at] = V.Sum(y);
        for (var k = 1; k < length; k++)
        {
            at += step;
            V term = V.Splat(v.V1[at]);
            y = kind == 0 ? V.MultiplyAdd(V.Splat(v.V0[at]), y, term) : kind == 1 ? y + term : V.Max(y, term);
            v.V2[at] = V.Sum(y);
        }
    }
}
