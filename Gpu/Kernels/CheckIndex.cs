using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1[0] = 1 where an index of V0 is out of range or no whole number. Numbers: the length of the axis.</summary>
public readonly struct CheckIndex<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        V index = V.Splat(v.V0[i]);
        V length = V.FromInteger(a[0]);
        V wrong = 1 - V.GreaterOrEqual(index, -length) * V.Greater(length, index) * V.Equal(V.Floor(index), index);
        if (V.Sum(wrong) != V.Sum(0)) v.V1[0] = V.Sum(1);
    }
}
