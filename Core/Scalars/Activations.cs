namespace AutoDiffAE.Scalars;

/// <summary>y = 1 / (1 + e⁻ˣ), from e^-|x| so that nothing overflows.</summary>
public readonly struct Sigmoid : IUnaryFunction
{
    public static string Name => "sigmoid";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V e = V.Exp(-V.Abs(x));
        return V.Select(V.GreaterOrEqual(x, 0), 1, e) / (1 + e);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => y * (1 - y);
}

/// <summary>y = max(x, 0), with derivative 0 at 0.</summary>
public readonly struct Relu : IUnaryFunction
{
    public static string Name => "relu";
    public static V Apply<V>(V x) where V : IReal<V> => V.Max(x, 0);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Greater(y, 0);
    public static ReadOnlySpan<double> Kinks => [0.0];
}

/// <summary>y = ln(1 + eˣ), from max(x, 0) + log1p(e^-|x|) so that nothing overflows.</summary>
public readonly struct Softplus : IUnaryFunction
{
    public static string Name => "softplus";
    public static V Apply<V>(V x) where V : IReal<V> => V.Max(x, 0) + V.Call<Log1p>(V.Exp(-V.Abs(x)));
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Sigmoid>(x);
}
