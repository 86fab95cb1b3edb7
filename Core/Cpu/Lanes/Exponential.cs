using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// eˣ and ln x over lanes, by the reductions and approximations of Cephes (Moshier): small enough to be inlined into a fused body,
/// where the runtime's own vector routines are calls, slow until they are recompiled.
/// </summary>
internal static class Exponential<V, T>
    where V : unmanaged, ILanes<V, T>, Scalars.IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x = n ln 2 + r with |r| ≤ ½ ln 2, and eˣ = 2ⁿ eʳ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        var single = V.IsSingle;
        V clamped = V.Clamp(x, single ? -104 : -746, single ? 89 : 710);
        V n = V.Floor(V.MultiplyAdd(clamped, 1.4426950408889634, 0.5));
        V r = V.MultiplyAdd(n, single ? -0.693359375 : -6.93145751953125E-1, clamped);
        r = V.MultiplyAdd(n, single ? 2.12194440E-4 : -1.42860682030941723212E-6, r);
        return V.ScaleFar(single ? SingleExp(r) : DoubleExp(r), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SingleExp(V r)
    {
        V p = V.MultiplyAdd(1.9875691500E-4, r, 1.3981999507E-3);
        p = V.MultiplyAdd(p, r, 8.3334519073E-3);
        p = V.MultiplyAdd(p, r, 4.1665795894E-2);
        p = V.MultiplyAdd(p, r, 1.6666665459E-1);
        p = V.MultiplyAdd(p, r, 5.0000001201E-1);
        return 1 + V.MultiplyAdd(p, r * r, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DoubleExp(V r)
    {
        V z = r * r;
        V p = r * V.MultiplyAdd(V.MultiplyAdd(1.26177193074810590878E-4, z, 3.02994407707441961300E-2), z, 9.99999999999999999910E-1);
        V q = V.MultiplyAdd(V.MultiplyAdd(V.MultiplyAdd(3.00198505138664455042E-6, z, 2.52448340349684104192E-3), z, 2.27265548208155028766E-1), z, 2.0);
        V quotient = p / (q - p);
        return 1 + (quotient + quotient);
    }

    /// <summary>x = f 2ᵉ with √½ ≤ f &lt; √2, and ln x = ln f + e ln 2, ln 2 in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        var (f, e) = V.Split(x);
        V r = f - 1;
        V z = r * r;
        V y = r * (z * (V.IsSingle ? SingleLog(r) : DoubleLog(r)));
        y = V.MultiplyAdd(e, -2.121944400546905827679E-4, y);
        y = V.MultiplyAdd(z, -0.5, y);
        y = V.MultiplyAdd(e, 0.693359375, r + y);
        // NaN for x < 0 and for NaN, the limits at 0 and infinity.
        y = V.Select(V.GreaterOrEqual(x, 0), y, double.NaN);
        y = V.Select(V.Equal(x, 0), double.NegativeInfinity, y);
        return V.Select(V.Equal(x, double.PositiveInfinity), x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SingleLog(V r)
    {
        V p = V.MultiplyAdd(7.0376836292E-2, r, -1.1514610310E-1);
        p = V.MultiplyAdd(p, r, 1.1676998740E-1);
        p = V.MultiplyAdd(p, r, -1.2420140846E-1);
        p = V.MultiplyAdd(p, r, 1.4249322787E-1);
        p = V.MultiplyAdd(p, r, -1.6668057665E-1);
        p = V.MultiplyAdd(p, r, 2.0000714765E-1);
        p = V.MultiplyAdd(p, r, -2.4999993993E-1);
        return V.MultiplyAdd(p, r, 3.3333331174E-1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DoubleLog(V r)
    {
        V p = V.MultiplyAdd(1.01875663804580931796E-4, r, 4.97494994976747001425E-1);
        p = V.MultiplyAdd(p, r, 4.70579119878881725854E0);
        p = V.MultiplyAdd(p, r, 1.44989225341610930846E1);
        p = V.MultiplyAdd(p, r, 1.79368678507819816313E1);
        p = V.MultiplyAdd(p, r, 7.70838733755885391666E0);
        V q = r + 1.12873587189167450590E1;
        q = V.MultiplyAdd(q, r, 4.52279145837532221105E1);
        q = V.MultiplyAdd(q, r, 8.29875266912776603211E1);
        q = V.MultiplyAdd(q, r, 7.11544750618563894466E1);
        q = V.MultiplyAdd(q, r, 2.31251620126765340583E1);
        return p / q;
    }
}
