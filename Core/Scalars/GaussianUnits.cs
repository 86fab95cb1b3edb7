namespace AutoDiffAE.Scalars;

/// <summary>y = x Φ(x) with the normal distribution Φ(x) = ½ erfc(-x / √2), and its limit 0 at -∞.</summary>
public readonly struct Gelu : IUnaryFunction
{
    private const double RootHalf = 0.7071067811865476;

    // √½ in two parts, the first exact in any precision.
    private const double High = 0.7071067690849304;
    private const double Low = 1.210161710447897E-08;

    public static string Name => "gelu";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Min(V.Abs(x), Erfc.Far);
        V square = magnitude * magnitude;
        V lost = V.MultiplyAdd(magnitude, magnitude, -square);
        V tail = 0.5 * Erfc.Tail(V.MultiplyAdd(High, magnitude, Low * magnitude), 0.5 * square, 0.5 * lost);
        return V.Select(V.Greater(0, x), V.Max(x, -Erfc.Far) * tail, x * (1 - tail));
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> =>
        0.5 * V.Call<Erfc>(-RootHalf * x) + 0.3989422804014327 * V.Call<Chain>(x, V.Exp(-0.5 * (x * x)));
}

/// <summary>
/// y = x σ(u) with u = √(8/π) (x + 0.044715 x³), which is gelu with Φ approximated as ½(1 + tanh ½u). An error of u is a relative
/// error of e^-u, so u = x (α + β x²) has twice the places.
/// </summary>
public readonly struct GeluTanh : IUnaryFunction
{
    private const double Alpha = 1.5957691216057308;
    private const double Beta = 0.07135481627260025;
    private const double Cubic = 0.044715;

    // The first parts are exact in any precision.
    private const double AlphaHigh = 1.5957691669464111;
    private const double AlphaLow = -4.534068042105272E-8;
    private const double BetaHigh = 0.07135481387376785;
    private const double BetaLow = 2.3988323959931355E-9;

    public static string Name => "gelu_tanh";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V m = V.Min(V.Abs(x), 64);
        V square = m * m;
        V v = BetaHigh * square;
        V vLost = V.MultiplyAdd(BetaHigh, square, -v) + V.MultiplyAdd(BetaLow, square, BetaHigh * V.MultiplyAdd(m, m, -square));
        V w = AlphaHigh + v;
        V share = w - AlphaHigh;
        V wLost = (AlphaHigh - (w - share)) + (v - share) + (vLost + AlphaLow);
        V sum = w + wLost;
        V u = m * sum;
        V uLost = V.MultiplyAdd(m, wLost - (sum - w), V.MultiplyAdd(m, sum, -u));
        V power = V.Exp(-u);
        V e = V.MultiplyAdd(-uLost, power, power);
        return V.Select(V.Greater(0, x), V.Max(x, -64) * e, x) / (1 + e);
    }

    /// <summary>σ(u) + x u' σ(u) σ(-u)</summary>
    public static V Derivative<V>(V x, V y) where V : IReal<V>
    {
        V square = x * x;
        V s = V.Call<Sigmoid>(Alpha * x * (1 + Cubic * square));
        V t = V.Call<Sigmoid>(-Alpha * x * (1 + Cubic * square));
        return s + V.Call<Chain>(x * (Alpha + 3 * Beta * square), s * t);
    }
}
