namespace AutoDiffAE.Scalars;

/// <summary>y = ⌊x⌋; constant almost everywhere.</summary>
public readonly struct Floor : IUnaryFunction
{
    public static string Name => "floor";
    public static V Apply<V>(V x) where V : IReal<V> => V.Floor(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 0;
    public static ReadOnlySpan<double> Kinks => [-4.0, -3, -2, -1, 0, 1, 2, 3, 4];
}

/// <summary>y = ⌈x⌉; constant almost everywhere.</summary>
public readonly struct Ceil : IUnaryFunction
{
    public static string Name => "ceil";
    public static V Apply<V>(V x) where V : IReal<V> => -V.Floor(-x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 0;
    public static ReadOnlySpan<double> Kinks => [-4.0, -3, -2, -1, 0, 1, 2, 3, 4];
}

/// <summary>y = x without its fraction; constant almost everywhere.</summary>
public readonly struct Trunc : IUnaryFunction
{
    public static string Name => "trunc";
    public static V Apply<V>(V x) where V : IReal<V> => V.Select(V.GreaterOrEqual(x, 0), V.Floor(x), -V.Floor(-x));
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 0;
    public static ReadOnlySpan<double> Kinks => [-4.0, -3, -2, -1, 1, 2, 3, 4];
}

/// <summary>y = the integer closest to x, of two the even one; constant almost everywhere.</summary>
public readonly struct Round : IUnaryFunction
{
    public static string Name => "round";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V below = V.Floor(x);
        V odd = below - 2 * V.Floor(0.5 * below);
        V fraction = x - below;
        return V.CopySign(below + V.Select(V.Equal(fraction, 0.5), odd, V.Greater(fraction, 0.5)), x);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 0;
    public static ReadOnlySpan<double> Kinks => [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5];
}

/// <summary>y = min(max(a, b), c), with derivative 1 in a at both bounds.</summary>
public readonly struct Clip : ITernaryFunction
{
    public static string Name => "clip";
    public static V Apply<V>(V a, V b, V c) where V : IReal<V> => V.Min(V.Max(a, b), c);
    public static (V A, V B, V C) Derivatives<V>(V a, V b, V c, V y) where V : IReal<V> => (
        V.GreaterOrEqual(a, b) * V.GreaterOrEqual(c, a),
        V.Greater(b, a) * V.GreaterOrEqual(c, b),
        V.Greater(V.Max(a, b), c));
}
