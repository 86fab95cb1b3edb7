namespace AutoDiffAE.Scalars;

/// <summary>y = arcsin x, by the rational approximation of fdlibm for |x| ≤ ½, else ½π - 2 arcsin √(½(1 - |x|)).</summary>
public readonly struct Asin : IUnaryFunction
{
    // ½π in two parts, the first exact in any precision.
    internal const double High = 1.5703125;
    internal const double Low = 4.83826794896619231322E-4;

    public static string Name => "asin";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V near = V.Greater(0.5, magnitude);
        V z = V.Select(near, x * x, 0.5 * (1 - magnitude));
        V r = V.Select(near, magnitude, V.Sqrt(z));
        V a = r + r * Excess(z);
        V y = V.Select(near, a, (High - (a + a)) + Low);
        return V.CopySign(y, x);
    }

    /// <summary>arcsin r / r - 1 for z = r² ≤ ¼.</summary>
    internal static V Excess<V>(V z) where V : IReal<V>
    {
        V p = ((((3.47933107596021167570e-05 * z + 7.91534994289814532176e-04) * z - 4.00555345006794114027e-02) * z
            + 2.01212532134862925881e-01) * z - 3.25565818622400915405e-01) * z + 1.66666666666666657415e-01;
        V q = (((7.70381505559019352791e-02 * z - 6.88283971605453293030e-01) * z + 2.02094576023350569471e+00) * z
            - 2.40339491173441421878e+00) * z + 1;
        return z * p / q;
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Rsqrt>((1 - x) * (1 + x));
    public static Interval Domain => new(-1, 1);
}

/// <summary>y = arccos x: ½π - arcsin x for |x| ≤ ½, else 2 arcsin √(½(1 - |x|)) or π less that.</summary>
public readonly struct Acos : IUnaryFunction
{
    public static string Name => "acos";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V near = V.Greater(0.5, magnitude);
        V z = V.Select(near, x * x, 0.5 * (1 - magnitude));
        V r = V.Select(near, x, V.Sqrt(z));
        V a = r + r * Asin.Excess(z);
        V far = V.Select(V.Greater(x, 0), a + a, (2 * Asin.High - (a + a)) + 2 * Asin.Low);
        return V.Select(near, (Asin.High - a) + Asin.Low, far);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => -V.Call<Rsqrt>((1 - x) * (1 + x));
    public static Interval Domain => new(-1, 1);
}

/// <summary>y = arctan x, by the rational approximation of Cephes for |x| ≤ 0.66, else from ¼π or ½π.</summary>
public readonly struct Atan : IUnaryFunction
{
    public static string Name => "atan";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V far = V.Greater(magnitude, 2.41421356237309504880);
        V near = V.Greater(0.66, magnitude);
        V r = V.Select(near, magnitude, V.Select(far, -1 / magnitude, (magnitude - 1) / (magnitude + 1)));
        V share = V.Select(near, 0, V.Select(far, 1, 0.5));
        V z = r * r;
        V p = (((-8.750608600031904122785E-1 * z - 1.615753718733365076637E1) * z - 7.500855792314704667340E1) * z
            - 1.228866684490136173410E2) * z - 6.485021904942025371773E1;
        V q = ((((z + 2.485846490142306297962E1) * z + 1.650270098316988542046E2) * z + 4.328810604912902668951E2) * z
            + 4.853903996359136964868E2) * z + 1.945506571482613964425E2;
        V y = Asin.High * share + (Asin.Low * share + (r + r * (z * p / q)));
        return V.CopySign(y, x);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 / (1 + x * x);
}

/// <summary>y = the angle of the point (b, a), from -π to π, as C has it: on the negative half-axis the sign of a zero decides between π and -π.</summary>
public readonly struct Atan2 : IBinaryFunction
{
    public static string Name => "atan2";
    public static V Apply<V>(V a, V b) where V : IReal<V>
    {
        var (height, width) = (V.Abs(a), V.Abs(b));
        V larger = V.Max(height, width);
        V ratio = V.Select(V.Equal(height, width), 1, V.Min(height, width) / larger);
        V angle = V.Select(larger, V.Call<Atan>(ratio), 0);
        angle = V.Select(V.Greater(height, width), Asin.High - (angle - Asin.Low), angle);
        angle = V.Select(V.Greater(0, V.CopySign(1, b)), 2 * Asin.High - (angle - 2 * Asin.Low), angle);
        return V.CopySign(angle, a);
    }
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V>
    {
        V radius = V.Call<Hypot>(a, b);
        return (V.Select(radius, b / radius / radius, 0), V.Select(radius, -a / radius / radius, 0));
    }
    public static (Interval A, Interval B) Domain => (Interval.Positive, Interval.Real);
}
