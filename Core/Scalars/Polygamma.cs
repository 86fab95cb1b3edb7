namespace AutoDiffAE.Scalars;

/// <summary>
/// y = the derivative of digamma of order a = 1, 2, ..., which is a constant: (-1)ˢ a! ζ(s, b) with s = a + 1 and Hurwitz's ζ(s, b) = Σ (b + k)⁻ˢ.
/// For b &lt; 0 with b = n + f the sum over all integers, f⁻ˢ + ζ(s, 1 + f) + (-1)ˢ ζ(s, 1 - f), less the terms k &lt; 0. At the poles 0, -1, ...
/// it is infinite, as scipy has it: (-1)ˢ ∞.
/// </summary>
public readonly struct Polygamma : IBinaryFunction
{
    public static string Name => "polygamma";
    public static V Apply<V>(V a, V b) where V : IReal<V>
    {
        V s = a + 1;
        V half = 0.5 * s;
        V sign = V.Select(V.Equal(half, V.Floor(half)), 1, -1);
        V positive = V.Greater(b, 0);
        V f = b - V.Floor(b + 0.5);
        V nearest = V.Select(f, V.Call<Pow>(f, -s), double.PositiveInfinity);
        V total = Zeta(s, V.Select(positive, b, 1 - b));
        V all = nearest + (Zeta(s, 1 + f) + sign * Zeta(s, 1 - f));
        V factorial = V.Floor(V.Exp(V.Call<LogGamma>(s)) + 0.5);
        return sign * factorial * V.Select(positive, total, all - sign * total);
    }

    /// <summary>Below 10 ten terms, and then Euler and Maclaurin's formula.</summary>
    private static V Zeta<V>(V s, V b) where V : IReal<V>
    {
        V near = V.Greater(10, b);
        V w = V.Select(near, b + 10, b);
        V z = 1 / (w * w);
        // B₂ₙ / (2n)! times the rising product of s.
        V factor = s / w;
        V rest = V.MultiplyAdd(1.0 / 12, factor, 0.5);
        factor = factor * ((s + 1) * (s + 2)) * z;
        rest = V.MultiplyAdd(-1.0 / 720, factor, rest);
        factor = factor * ((s + 3) * (s + 4)) * z;
        rest = V.MultiplyAdd(1.0 / 30240, factor, rest);
        factor = factor * ((s + 5) * (s + 6)) * z;
        rest = V.MultiplyAdd(-1.0 / 1209600, factor, rest);
        factor = factor * ((s + 7) * (s + 8)) * z;
        rest = V.MultiplyAdd(1.0 / 47900160, factor, rest);
        factor = factor * ((s + 9) * (s + 10)) * z;
        rest = V.MultiplyAdd(-691.0 / 1307674368000, factor, rest);
        // The smallest terms first.
        V sum = V.Call<Chain>(V.Call<Pow>(w, -s), rest + w / (s - 1));
        for (var k = 9; k >= 0; k--) sum = sum + V.Select(near, V.Call<Pow>(b + k, -s), 0);
        return sum;
    }

    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, V.Call<Polygamma>(a + 1, b));
    public static (Interval A, Interval B) Domain => (Interval.Positive, Interval.Positive);
}
