namespace AutoDiffAE.Scalars;

/// <summary>y = min(max(x, 0), 6), with derivative 0 at both ends, as relu has at its own.</summary>
public readonly struct Relu6 : IUnaryFunction
{
    public static string Name => "relu6";
    public static V Apply<V>(V x) where V : IReal<V> => V.Min(V.Max(x, 0), 6);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Greater(y, 0) * V.Greater(6, y);
    public static ReadOnlySpan<double> Kinks => [0.0, 6];
}

/// <summary>y = min(max(x, -1), 1), with derivative 1 at both ends, as clip has.</summary>
public readonly struct HardTanh : IUnaryFunction
{
    public static string Name => "hardtanh";
    public static V Apply<V>(V x) where V : IReal<V> => V.Min(V.Max(x, -1), 1);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.GreaterOrEqual(1, V.Abs(x));
    public static ReadOnlySpan<double> Kinks => [-1.0, 1];
}

/// <summary>y = (x + 3) / 6 between 0 and 1, with the derivative 1/6 at both ends, as clip has.</summary>
public readonly struct HardSigmoid : IUnaryFunction
{
    public static string Name => "hardsigmoid";
    public static V Apply<V>(V x) where V : IReal<V> => V.Min(V.Max(x + 3, 0), 6) / 6;
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.GreaterOrEqual(3, V.Abs(x)) / 6;
    public static ReadOnlySpan<double> Kinks => [-3.0, 3];
}

/// <summary>y = x hardsigmoid x, and 0 below -3; at ±3 the derivative is that of the middle.</summary>
public readonly struct HardSwish : IUnaryFunction
{
    public static string Name => "hardswish";
    public static V Apply<V>(V x) where V : IReal<V> => V.Max(x, -3) * (V.Min(V.Max(x + 3, 0), 6) / 6);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Select(V.GreaterOrEqual(3, V.Abs(x)), x / 3 + 0.5, V.Greater(x, 0));
    public static ReadOnlySpan<double> Kinks => [-3.0, 3];
}
