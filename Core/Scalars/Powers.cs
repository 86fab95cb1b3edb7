namespace AutoDiffAE.Scalars;

/// <summary>
/// y = aᵇ, at zeros, infinities and where either is not a number as C has it. A negative base has a power where the exponent is integral;
/// a⁰ = 1 and 1ᵇ = 1 whatever the other is.
/// </summary>
public readonly struct Pow : IBinaryFunction
{
    public static string Name => "pow";
    public static V Apply<V>(V a, V b) where V : IReal<V>
    {
        V magnitude = V.Pow(V.Abs(a), b);
        V half = 0.5 * b;
        V whole = V.Equal(V.Floor(b), b);
        V odd = whole * V.Greater(half, V.Floor(half));
        V y = V.Select(odd, V.CopySign(magnitude, a), magnitude);
        V none = V.Greater(0, a) * V.Greater(a, double.NegativeInfinity) * (1 - whole);
        return V.Select(none, double.NaN, y);
    }

    /// <summary>∂y/∂a is 0 where b = 0 and ∂y/∂b where y = 0, at a = 0 too.</summary>
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> =>
        (V.Select(b, b * V.Call<Pow>(a, b - 1), 0), V.Call<Xlogy>(y, a));
    public static (Interval A, Interval B) Domain => (Interval.Positive, Interval.Real);
}

/// <summary>y = 1 / √x</summary>
public readonly struct Rsqrt : IUnaryFunction
{
    public static string Name => "rsqrt";
    public static V Apply<V>(V x) where V : IReal<V> => 1 / V.Sqrt(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => -0.5 * y / x;
    public static Interval Domain => Interval.Positive;
}

/// <summary>y = √(a² + b²), from the ratio of the two so that no square overflows; its derivatives are 0 at the origin, and ±1 in what is infinite.</summary>
public readonly struct Hypot : IBinaryFunction
{
    public static string Name => "hypot";
    public static V Apply<V>(V a, V b) where V : IReal<V>
    {
        (a, b) = (V.Abs(a), V.Abs(b));
        V larger = V.Max(a, b);
        V ratio = V.Min(a, b) / larger;
        V y = V.Select(larger, larger * V.Sqrt(1 + ratio * ratio), 0);
        return V.Select(V.Equal(a, double.PositiveInfinity) + V.Equal(b, double.PositiveInfinity), double.PositiveInfinity, y);
    }
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (Share(a, y), Share(b, y));

    private static V Share<V>(V a, V y) where V : IReal<V> =>
        V.Select(V.Equal(V.Abs(a), double.PositiveInfinity), V.Call<Sign>(a), V.Select(y, a / y, 0));
}
