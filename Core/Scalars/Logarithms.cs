namespace AutoDiffAE.Scalars;

/// <summary>y = log₂ x</summary>
public readonly struct Log2 : IUnaryFunction
{
    private const double Ln2 = 0.6931471805599453;

    public static string Name => "log2";
    public static V Apply<V>(V x) where V : IReal<V> => V.Log(x) / Ln2;
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 / (x * Ln2);
    public static Interval Domain => Interval.Positive;
}

/// <summary>y = log₁₀ x</summary>
public readonly struct Log10 : IUnaryFunction
{
    private const double Ln10 = 2.302585092994046;

    public static string Name => "log10";
    public static V Apply<V>(V x) where V : IReal<V> => V.Log(x) / Ln10;
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 / (x * Ln10);
    public static Interval Domain => Interval.Positive;
}

/// <summary>y = ln(eᵃ + eᵇ), from max(a, b) + log1p(e^-|a - b|) so that nothing overflows.</summary>
public readonly struct LogAddExp : IBinaryFunction
{
    private const double Ln2 = 0.6931471805599453;

    public static string Name => "logaddexp";

    // Where a = b both may be infinite, of which the difference is not a number.
    public static V Apply<V>(V a, V b) where V : IReal<V> =>
        V.Select(V.Equal(a, b), a + Ln2, V.Max(a, b) + V.Call<Log1p>(V.Exp(-V.Abs(a - b))));
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (V.Call<Sigmoid>(a - b), V.Call<Sigmoid>(b - a));
}

/// <summary>y = a ln b, and 0 where a = 0 unless b is not a number.</summary>
public readonly struct Xlogy : IBinaryFunction
{
    public static string Name => "xlogy";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Select(a, a * V.Log(b), V.Select(V.Equal(b, b), 0, b));
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (V.Log(b), V.Select(a, a / b, 0));
    public static (Interval A, Interval B) Domain => (Interval.Real, Interval.Positive);
}
