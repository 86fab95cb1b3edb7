namespace AutoDiffAE.Scalars;

/// <summary>y = eˣ</summary>
public readonly struct Exp : IUnaryFunction
{
    public static string Name => "exp";
    public static V Apply<V>(V x) where V : IReal<V> => V.Exp(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => y;
}

/// <summary>y = ln x</summary>
public readonly struct Log : IUnaryFunction
{
    public static string Name => "log";
    public static V Apply<V>(V x) where V : IReal<V> => V.Log(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 / x;
    public static Interval Domain => Interval.Positive;
}

/// <summary>y = ln(1 + x), accurate near 0: the error made in u = 1 + x is undone by the factor x / (u - 1) (Kahan).</summary>
public readonly struct Log1p : IUnaryFunction
{
    public static string Name => "log1p";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V u = 1 + x;
        V corrected = V.Log(u) * (x / (u - 1));
        return V.Select(V.Equal(u, 1), x, V.Select(V.GreaterOrEqual(1e6, V.Abs(x)), corrected, V.Log(u)));
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 / (1 + x);
    public static Interval Domain => new(-1, double.PositiveInfinity);
}

/// <summary>y = eˣ - 1, near 0 by its power series, which keeps full relative accuracy.</summary>
public readonly struct Expm1 : IUnaryFunction
{
    public static string Name => "expm1";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V series = 1.0 / 87178291200;
        series = V.MultiplyAdd(series, x, 1.0 / 6227020800);
        series = V.MultiplyAdd(series, x, 1.0 / 479001600);
        series = V.MultiplyAdd(series, x, 1.0 / 39916800);
        series = V.MultiplyAdd(series, x, 1.0 / 3628800);
        series = V.MultiplyAdd(series, x, 1.0 / 362880);
        series = V.MultiplyAdd(series, x, 1.0 / 40320);
        series = V.MultiplyAdd(series, x, 1.0 / 5040);
        series = V.MultiplyAdd(series, x, 1.0 / 720);
        series = V.MultiplyAdd(series, x, 1.0 / 120);
        series = V.MultiplyAdd(series, x, 1.0 / 24);
        series = V.MultiplyAdd(series, x, 1.0 / 6);
        series = V.MultiplyAdd(series, x, 1.0 / 2);
        V near = V.MultiplyAdd(x * x, series, x);
        return V.Select(V.Greater(0.5, V.Abs(x)), near, V.Exp(x) - 1);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Exp(x);
}

/// <summary>y = 2ˣ</summary>
public readonly struct Exp2 : IUnaryFunction
{
    private const double Ln2 = 0.6931471805599453;

    public static string Name => "exp2";
    public static V Apply<V>(V x) where V : IReal<V> => V.Pow(2, x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => y * Ln2;
}
