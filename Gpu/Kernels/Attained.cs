using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V2 = where V0 attains its maxima V1 over axes, by a rule for ties; NaN attains. An element is a line of the reduced axes. Numbers: the rule, the reduced elements, the kept rank and sizes and strides, the reduced ones.</summary>
public readonly struct Attained<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (rule, count, kept) = (a[0], a[1], a[2]);
        var reduced = 3 + 2 * kept + 1;
        var start = Offsets.Of(i, a, kept, 3, 3 + kept);
        V maximum = V.Splat(v.V1[i]);
        V ties = 0;
        for (var e = 0; e < count; e++)
        {
            var at = start + Offsets.Of(e, a, a[reduced], reduced + 1, reduced + 1 + a[reduced]);
            V x = V.Splat(v.V0[at]);
            V attains = V.Equal(x, maximum) + (1 - V.Equal(x, x));
            // The first one only, where that is the rule: with 0 behind it.
            V weight = rule == (int)Graph.TieRule.First ? attains * V.Equal(ties, 0) : attains;
            ties += attains;
            v.V2[at] = V.Sum(weight);
        }
        if (rule != (int)Graph.TieRule.Share) return;
        for (var e = 0; e < count; e++)
        {
            var at = start + Offsets.Of(e, a, a[reduced], reduced + 1, reduced + 1 + a[reduced]);
            v.V2[at] = V.Sum(V.Splat(v.V2[at]) / ties);
        }
    }
}
