namespace AutoDiffAE.Scalars;

/// <summary>y = 2/√π ∫₀ˣ e^-t² dt, by the rational approximations of Cephes (Moshier).</summary>
public readonly struct Erf : IUnaryFunction
{
    internal const double Slope = 1.1283791670955126;

    public static string Name => "erf";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V far = 1 - V.Call<Erfc>(magnitude);
        return V.CopySign(V.Select(V.Greater(1, magnitude), Near(magnitude), far), x);
    }

    private static V Near<V>(V x) where V : IReal<V>
    {
        V z = x * x;
        V p = (((9.60497373987051638749E0 * z + 9.00260197203842689217E1) * z + 2.23200534594684319226E3) * z
            + 7.00332514112805075473E3) * z + 5.55923013010394962768E4;
        V q = ((((z + 3.35617141647503099647E1) * z + 5.21357949780152679795E2) * z + 4.59432382970980127987E3) * z
            + 2.26290000613890934246E4) * z + 4.92673942608635921086E4;
        return x * (p / q);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => Slope * V.Exp(-(x * x));
}

/// <summary>y = 1 - erf x without the cancellation: e^-x² erfcx x for x ≥ 0, and 2 less that of -x below.</summary>
public readonly struct Erfc : IUnaryFunction
{
    public static string Name => "erfc";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Min(V.Abs(x), Far);
        V square = magnitude * magnitude;
        V y = Tail(magnitude, square, V.MultiplyAdd(magnitude, magnitude, -square));
        return V.Select(V.Greater(0, x), 2 - y, y);
    }

    /// <summary>Beyond this all is 0 in any precision, and no square overflows.</summary>
    internal const double Far = 64;

    /// <summary>
    /// erfc x for x ≥ 0, given x² = square + lost: e^-square (1 - lost) erfcx x with erfcx x = e^x² erfc x. (1 + 2x) erfcx x lies between 1 and
    /// 1.3, and as a function of t = (x - 4) / (x + 4) in [-1, 1) its Chebyshev interpolation of degree 23 is within 4e-17.
    /// </summary>
    internal static V Tail<V>(V x, V square, V lost) where V : IReal<V>
    {
        // What a quotient leaves of its dividend corrects it, here and below.
        V r = 1 / (x + 4);
        V t = (x - 4) * r;
        t = V.MultiplyAdd(r, V.MultiplyAdd(-t, x, V.MultiplyAdd(t + 1, -4, x)), t);
        V p = 9.655408225482863E-10;
        p = V.MultiplyAdd(p, t, 1.5712153638319064E-9);
        p = V.MultiplyAdd(p, t, -1.2544825403855518E-8);
        p = V.MultiplyAdd(p, t, -1.6357383982124768E-8);
        p = V.MultiplyAdd(p, t, 1.0683442926744586E-7);
        p = V.MultiplyAdd(p, t, 7.111912428010423E-8);
        p = V.MultiplyAdd(p, t, -8.218020654813044E-7);
        p = V.MultiplyAdd(p, t, 2.980596055322769E-7);
        p = V.MultiplyAdd(p, t, 5.707239573693257E-6);
        p = V.MultiplyAdd(p, t, -1.1225140354449658E-5);
        p = V.MultiplyAdd(p, t, -2.439811794207995E-5);
        p = V.MultiplyAdd(p, t, 0.0001506231178516207);
        p = V.MultiplyAdd(p, t, -0.00019925700412184815);
        p = V.MultiplyAdd(p, t, -0.0007577737141838885);
        p = V.MultiplyAdd(p, t, 0.005031970032548695);
        p = V.MultiplyAdd(p, t, -0.01619773397992426);
        p = V.MultiplyAdd(p, t, 0.0371675155318432);
        p = V.MultiplyAdd(p, t, -0.06633036582050367);
        p = V.MultiplyAdd(p, t, 0.09373283499865172);
        p = V.MultiplyAdd(p, t, -0.10103906603585294);
        p = V.MultiplyAdd(p, t, 0.0680970542546862);
        p = V.MultiplyAdd(p, t, 0.015379652102610162);
        p = V.MultiplyAdd(p, t, -0.1396211168405625);
        p = V.MultiplyAdd(p, t, 0.23299511862555256);
        r = 1 / V.MultiplyAdd(2, x, 1);
        V y = V.MultiplyAdd(p, r, r);
        V left = (p - y) + V.MultiplyAdd(-2 * y, x, 1);
        return V.Exp(-square) * (y + V.MultiplyAdd(left, r, -lost * y));
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => -Erf.Slope * V.Exp(-(x * x));
}

/// <summary>
/// y = the inverse of erf: the approximation of Giles (single precision), and two steps of Halley's method with erf near 0 and erfc elsewhere.
/// </summary>
public readonly struct Erfinv : IUnaryFunction
{
    private const double LogTwoOverRootPi = 0.12078223763524522;

    public static string Name => "erfinv";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V w = -V.Log((1 - magnitude) * (1 + magnitude));
        V c = w - 2.5;
        V central = (((((((2.81022636e-08 * c + 3.43273939e-07) * c - 3.5233877e-06) * c - 4.39150654e-06) * c + 0.00021858087) * c
            - 0.00125372503) * c - 0.00417768164) * c + 0.246640727) * c + 1.50140941;
        V t = V.Sqrt(w) - 3;
        V tail = (((((((-0.000200214257 * t + 0.000100950558) * t + 0.00134934322) * t - 0.00367342844) * t + 0.00573950773) * t
            - 0.0076224613) * t + 0.00943887047) * t + 1.00167406) * t + 2.83297682;
        // Where Giles's ends: y² = w + ln 2/√π - ln y - 1/(2y²), twice.
        V y = V.Sqrt(w + LogTwoOverRootPi - 0.5 * V.Log(w));
        y = V.Sqrt(w + LogTwoOverRootPi - V.Log(y) - 0.5 / (y * y));
        y = V.Select(V.Greater(16, w), magnitude * V.Select(V.Greater(5, w), central, tail), y);
        for (var k = 0; k < 2; k++)
        {
            V error = V.Select(V.Greater(0.5, magnitude), V.Call<Erf>(y) - magnitude, (1 - magnitude) - V.Call<Erfc>(y));
            V step = error / (Erf.Slope * V.Exp(-(y * y)));
            y = y - step / (1 + y * step);
        }
        return V.CopySign(V.Select(V.Equal(magnitude, 1), double.PositiveInfinity, y), x);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Exp(y * y) / Erf.Slope;
    public static Interval Domain => new(-1, 1);
}
