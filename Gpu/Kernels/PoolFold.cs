using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1[window] = the fold of the window's taps of V0, row-major. Numbers: the volume's sizes (depth, row, column), windows, taps, strides, dilations.</summary>
public readonly struct PoolFold<V, T, F> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IDeviceFold
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var window = DeviceWindow.Of(i, a);
        V sum = F.Identity;
        for (var tap = 0; tap < window.Taps; tap++) sum = F.Of(sum, V.Splat(v.V0[window.At(tap, a)]));
        v.V1[i] = V.Sum(sum);
    }
}
