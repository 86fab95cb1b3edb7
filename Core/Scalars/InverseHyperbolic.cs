namespace AutoDiffAE.Scalars;

/// <summary>y = ln(x + √(x² + 1)), as the log1p of |x| + x² / (1 + √(1 + x²)); ln 2x where x² would overflow.</summary>
public readonly struct Asinh : IUnaryFunction
{
    public static string Name => "asinh";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V square = magnitude * magnitude;
        V near = V.Call<Log1p>(magnitude + square / (1 + V.Sqrt(1 + square)));
        V y = V.Select(V.Greater(magnitude, 1e9), V.Log(magnitude) + 0.6931471805599453, near);
        return V.CopySign(y, x);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Rsqrt>(1 + x * x);
}

/// <summary>y = ln(x + √(x² - 1)), as the log1p of t + √(t² + 2t) with t = x - 1; ln 2x where x² would overflow.</summary>
public readonly struct Acosh : IUnaryFunction
{
    public static string Name => "acosh";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V t = x - 1;
        V near = V.Call<Log1p>(t + V.Sqrt(t * (t + 2)));
        V y = V.Select(V.Greater(x, 1e9), V.Log(x) + 0.6931471805599453, near);
        return V.Select(V.GreaterOrEqual(x, 1), y, double.NaN);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Rsqrt>((x - 1) * (x + 1));
    public static Interval Domain => new(1, double.PositiveInfinity);
}

/// <summary>y = ½ ln((1 + x) / (1 - x)), as half the log1p of 2x / (1 - x) for x ≥ 0.</summary>
public readonly struct Atanh : IUnaryFunction
{
    public static string Name => "atanh";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V y = 0.5 * V.Call<Log1p>((magnitude + magnitude) / (1 - magnitude));
        return V.CopySign(y, x);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 / ((1 - x) * (1 + x));
    public static Interval Domain => new(-1, 1);
}
