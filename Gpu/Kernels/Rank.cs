using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1[rank] = the element's place in its line, rank being how many come before it: smaller ones, and equal ones on its left; NaN is the largest. Numbers: the length, the stride.</summary>
public readonly struct Rank<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (length, stride) = (a[0], a[1]);
        var (inner, place, outer) = (i % stride, i / stride % length, i / (stride * length));
        var start = outer * length * stride + inner;
        V x = V.Splat(v.V0[i]);
        V number = V.Equal(x, x);
        var rank = 0;
        for (var k = 0; k < length; k++)
        {
            V other = V.Splat(v.V0[start + k * stride]);
            V before = V.Select(number, V.Greater(x, other), V.Equal(other, other));
            V tied = V.Select(number, V.Equal(x, other), 1 - V.Equal(other, other));
            V first = k < place ? before + tied : before;
            rank += V.ToInteger(first);
        }
        v.V1[start + rank * stride] = V.Sum(V.FromInteger(place));
    }
}
