using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>
/// aᵇ over lanes for a ≥ 0: e^(b ln a), where ln a and the product have twice the places, since an error of the exponent is a relative
/// error of the answer. ln a = e ln 2 + 2 artanh s with s = (f - 1) / (f + 1) for a = f 2ᵉ.
/// </summary>
internal static class Power<V, T>
    where V : unmanaged, ILanes<V, T>, Scalars.IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static V Of(V a, V b)
    {
        var (high, low) = Log(a);
        V p = b * high;
        V rest = V.MultiplyAdd(b, high, -p) + b * low;
        V y = V.Exp(p);
        y = V.Select(V.Greater(1000, V.Abs(p)) * V.Greater(double.PositiveInfinity, y), V.MultiplyAdd(y, rest, y), y);
        V limit = V.Select(V.Equal(a, 0), V.Greater(0, b), V.Greater(b, 0));
        y = V.Select(V.Equal(a, 0) + V.Equal(a, double.PositiveInfinity), V.Select(limit, double.PositiveInfinity, 0), y);
        y = V.Select(V.Equal(a, a) * V.Equal(b, b), y, double.NaN);
        return V.Select(V.Equal(a, 1) + V.Equal(b, 0), 1, y);
    }

    private static (V High, V Low) Log(V a)
    {
        var (f, e) = V.Split(a);
        V above = f - 1;
        V below = f + 1;
        V lost = f - (below - 1);
        V s = above / below;
        V tail = V.MultiplyAdd(-s, lost, V.MultiplyAdd(-s, below, above)) / below;
        V z = s * s;
        V series = V.IsSingle ? 1.0 / 11 : 1.0 / 27;
        for (var k = V.IsSingle ? 9 : 25; k >= 3; k -= 2) series = V.MultiplyAdd(series, z, 1.0 / k);
        V main = s + s;
        // The high part of ln 2 has so few places that its product with an exponent is exact.
        V large = e * (V.IsSingle ? 0.693359375 : 6.93145751953125E-1);
        V small = e * (V.IsSingle ? -2.121944400546905827679E-4 : 1.42860682030941723212E-6);
        V high = large + main;
        V low = (main - (high - large)) + V.MultiplyAdd(main * z, series, tail + tail + small);
        V sum = high + low;
        return (sum, low - (sum - high));
    }
}
