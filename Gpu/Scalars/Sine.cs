using System.Numerics;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Gpu;

/// <summary>
/// Sine and cosine by the approximations of Cephes (Moshier) about the nearest multiple of π/2, which is taken off in three parts. CUDA's own have an error
/// of 2⁻²¹ in float, and are calls with memory of their own in double. Beyond 10⁷ (float) and 10¹² (double) the angle is first taken modulo a rounded 2π.
/// </summary>
internal static class Sine<V, T>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static V Sin(V x) => At(x, 0);

    public static V Cos(V x) => At(x, 1);

    /// <summary>The sine of x + ahead · π/2.</summary>
    private static V At(V x, V ahead)
    {
        V within = V.Greater(V.IsSingle ? 1e7 : 1e12, V.Abs(x));
        // What is infinite has no sine: its remainder is NaN.
        x = V.Sum(within) == V.Sum(0) ? V.Fmod(x, 6.283185307179586) : x;
        V k = V.Floor(V.MultiplyAdd(x, 0.6366197723675814, 0.5));
        V r = V.MultiplyAdd(-k, V.IsSingle ? 1.57079637050628662109375 : 1.57079632679489655800, x);
        r = V.MultiplyAdd(-k, V.IsSingle ? -4.371138828673793e-8 : 6.123233995736766e-17, r);
        r = V.MultiplyAdd(-k, V.IsSingle ? -1.7151245100058819e-15 : -1.4973849048591698e-33, r);
        V z = r * r;
        k += ahead;
        V quadrant = k - 4 * V.Floor(0.25 * k);
        V half = 0.5 * quadrant;
        V even = V.Equal(half, V.Floor(half));
        V y = V.Select(even, V.MultiplyAdd(r * z, V.IsSingle ? SingleSine(z) : DoubleSine(z), r), V.MultiplyAdd(z * z, V.IsSingle ? SingleCosine(z) : DoubleCosine(z), 1 - 0.5 * z));
        return V.Select(V.Greater(quadrant, 1.5), -y, y);
    }

    private static V SingleSine(V z) => V.MultiplyAdd(V.MultiplyAdd(-1.9515295891E-4, z, 8.3321608736E-3), z, -1.6666654611E-1);

    private static V SingleCosine(V z) => V.MultiplyAdd(V.MultiplyAdd(2.443315711809948E-5, z, -1.388731625493765E-3), z, 4.166664568298827E-2);

    private static V DoubleSine(V z)
    {
        V p = V.MultiplyAdd(1.58962301576546568060E-10, z, -2.50507477628578072866E-8);
        p = V.MultiplyAdd(p, z, 2.75573136213857245213E-6);
        p = V.MultiplyAdd(p, z, -1.98412698295895385996E-4);
        p = V.MultiplyAdd(p, z, 8.33333333332211858878E-3);
        return V.MultiplyAdd(p, z, -1.66666666666666307295E-1);
    }

    private static V DoubleCosine(V z)
    {
        V p = V.MultiplyAdd(-1.13585365213876817300E-11, z, 2.08757008419747316778E-9);
        p = V.MultiplyAdd(p, z, -2.75573141792967388112E-7);
        p = V.MultiplyAdd(p, z, 2.48015872888517045348E-5);
        p = V.MultiplyAdd(p, z, -1.38888888888730564116E-3);
        return V.MultiplyAdd(p, z, 4.16666666666665929218E-2);
    }
}
