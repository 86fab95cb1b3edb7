using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1[window] = the number of the tap of V0 that has the window's first maximum; NaN is larger than every number. Numbers as of a window.</summary>
public readonly struct FirstMaximum<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var window = DeviceWindow.Of(i, a);
        V greatest = V.Splat(v.V0[window.At(0, a)]);
        V place = 0;
        for (var tap = 1; tap < window.Taps; tap++)
        {
            V x = V.Splat(v.V0[window.At(tap, a)]);
            place = V.SelectBeyond(x, greatest, V.FromInteger(tap), place);
            greatest = V.SelectBeyond(x, greatest, x, greatest);
        }
        v.V1[i] = V.Sum(place);
    }
}
