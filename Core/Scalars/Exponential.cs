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
