namespace AutoDiffAE.Scalars;

/// <summary>y = x σ(x), and its limit 0 at -∞.</summary>
public readonly struct Silu : IUnaryFunction
{
    public static string Name => "silu";
    public static V Apply<V>(V x) where V : IReal<V> => V.Max(x, -1e9) * V.Call<Sigmoid>(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V>
    {
        V s = V.Call<Sigmoid>(x);
        return s + V.Call<Chain>(x, s * V.Call<Sigmoid>(-x));
    }
}

/// <summary>y = x tanh(softplus(x)), and its limit 0 at -∞: with u = e^-|x| the tangent is (1 + 2u) / (1 + 2u + 2u²), or the same of 1 / u.</summary>
public readonly struct Mish : IUnaryFunction
{
    public static string Name => "mish";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V u = V.Exp(-V.Abs(x));
        V negative = V.MultiplyAdd(u, u, u + u);
        V positive = 1 + 2 * u;
        return V.Select(V.Greater(0, x), V.Max(x, -1e9) * (negative / (negative + 2)), x * (positive / (positive + 2 * u * u)));
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V>
    {
        V t = V.Call<Tanh>(V.Call<Softplus>(x));
        return t + V.Call<Chain>(x, (1 - t * t) * V.Call<Sigmoid>(x));
    }
}

/// <summary>y = x / (1 + |x|)</summary>
public readonly struct Softsign : IUnaryFunction
{
    public static string Name => "softsign";
    public static V Apply<V>(V x) where V : IReal<V> => V.Min(V.Max(x, -1e30), 1e30) / (1 + V.Abs(V.Min(V.Max(x, -1e30), 1e30)));
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Square>(1 / (1 + V.Abs(x)));
    public static ReadOnlySpan<double> Kinks => [0.0];
}

/// <summary>y = ln σ(x) = -ln(1 + e⁻ˣ)</summary>
public readonly struct LogSigmoid : IUnaryFunction
{
    public static string Name => "logsigmoid";
    public static V Apply<V>(V x) where V : IReal<V> => -V.Call<Softplus>(-x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Sigmoid>(-x);
}
