namespace AutoDiffAE.Scalars;

/// <summary>
/// y = the derivative of digamma of order a = 1, 2, ...: (-1)ᵃ⁺¹ a! Σ (b + k)^-(a + 1) for b &gt; 0, ten terms and then Euler and Maclaurin's
/// formula. The order is a constant.
/// </summary>
public readonly struct Polygamma : IBinaryFunction
{
    public static string Name => "polygamma";
    public static V Apply<V>(V a, V b) where V : IReal<V>
    {
        V s = a + 1;
        V sum = 0;
        for (var k = 0; k < 10; k++) sum = sum + V.Call<Pow>(b + k, -s);
        V w = b + 10;
        V z = 1 / (w * w);
        // B₂ₙ / (2n)! and the rising product of s.
        ReadOnlySpan<double> bernoulli = [1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000];
        V factor = s / w;
        V rest = w / a + 0.5;
        for (var j = 0; j < bernoulli.Length; j++)
        {
            rest = rest + bernoulli[j] * factor;
            factor = factor * ((s + (2 * j + 1)) * (s + (2 * j + 2))) * z;
        }
        V total = sum + V.Call<Pow>(w, -s) * rest;
        V factorial = V.Floor(V.Exp(V.Call<LogGamma>(s)) + 0.5);
        V half = 0.5 * a;
        V even = V.Equal(half, V.Floor(half));
        return V.Select(even, -1, 1) * factorial * total;
    }
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, V.Call<Polygamma>(a + 1, b));
    public static (Interval A, Interval B) Domain => (Interval.Positive, Interval.Positive);
}
