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
        return V.Select(V.Greater(1, magnitude), Near(x), V.Select(V.Greater(0, x), -far, far));
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

/// <summary>y = 1 - erf x without the cancellation, by fdlibm below 1¼ and e^-x² times a rational approximation of Cephes above.</summary>
public readonly struct Erfc : IUnaryFunction
{
    public static string Name => "erfc";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V far = Gaussian(magnitude, 1) * Scaled(magnitude);
        return V.Select(V.Greater(1.25, magnitude), Near(x), V.Select(V.Greater(0, x), 2 - far, far));
    }

    /// <summary>e^(-s x²), where the square of x rounded to a sixteenth is exact and the rest is small.</summary>
    internal static V Gaussian<V>(V x, double s) where V : IReal<V>
    {
        V clamped = V.Min(V.Abs(x), 64);
        V rounded = 0.0625 * V.Floor(16 * clamped + 0.5);
        V power = V.Exp(-s * (rounded * rounded));
        return power + power * V.Call<Expm1>(-s * ((clamped - rounded) * (clamped + rounded)));
    }

    /// <summary>erfc x for |x| &lt; 1¼.</summary>
    internal static V Near<V>(V x) where V : IReal<V>
    {
        V z = x * x;
        V p = (((-2.37630166566501626084e-05 * z - 5.77027029648944159157e-03) * z - 2.84817495755985104766e-02) * z
            - 3.25042107247001499370e-01) * z + 1.28379167095512558561e-01;
        V q = ((((-3.96022827877536812320e-06 * z + 1.32494738004321644526e-04) * z + 5.08130628187576562776e-03) * z
            + 6.50222499887672944485e-02) * z + 3.97917223959155352819e-01) * z + 1;
        V excess = x * (p / q);
        V small = V.Select(V.Greater(x, 0.25), 0.5 - (excess + (x - 0.5)), 1 - (x + excess));
        V magnitude = V.Abs(x);
        V middle = Middle(magnitude);
        return V.Select(V.Greater(0.84375, magnitude), small, V.Select(V.Greater(x, 0), middle, 2 - middle));
    }

    private static V Middle<V>(V x) where V : IReal<V>
    {
        V t = x - 1;
        V p = (((((-2.16637559486879084300e-03 * t + 3.54783043256182359371e-02) * t - 1.10894694282396677476e-01) * t
            + 3.18346619901161753674e-01) * t - 3.72207876035701323847e-01) * t + 4.14856118683748331666e-01) * t - 2.36211856075265944077e-03;
        V q = (((((1.19844998467991074170e-02 * t + 1.36370839120290507362e-02) * t + 1.26171219808761642112e-01) * t
            + 7.18286544141962662868e-02) * t + 5.40397917702171048937e-01) * t + 1.06420880400844228286e-01) * t + 1;
        return (1 - 8.45062911510467529297e-01) - p / q;
    }

    /// <summary>e^x² erfc x for x ≥ 1.</summary>
    internal static V Scaled<V>(V x) where V : IReal<V>
    {
        V far = V.Min(x, 64);
        V x8 = V.Min(x, 8);
        V p = (((((((2.46196981473530512524E-10 * x8 + 5.64189564831068821977E-1) * x8 + 7.46321056442269912687E0) * x8
            + 4.86371970985681366614E1) * x8 + 1.96520832956077098242E2) * x8 + 5.26445194995477358631E2) * x8
            + 9.34528527171957607540E2) * x8 + 1.02755188689515710272E3) * x8 + 5.57535335369399327526E2;
        V q = (((((((x8 + 1.32281951154744992508E1) * x8 + 8.67072140885989742329E1) * x8 + 3.54937778887819891062E2) * x8
            + 9.75708501743205489753E2) * x8 + 1.82390916687909736289E3) * x8 + 2.24633760818710981792E3) * x8
            + 1.65666309194161350182E3) * x8 + 5.57535340817727675546E2;
        V r = ((((5.64189583547755073984E-1 * far + 1.27536670759978104416E0) * far + 5.01905042251180477414E0) * far
            + 6.16021097993053585195E0) * far + 7.40974269950448939160E0) * far + 2.97886665372100240670E0;
        V s = (((((far + 2.26052863220117276590E0) * far + 9.39603524938001434673E0) * far + 1.20489539808096656605E1) * far
            + 1.70814450747565897222E1) * far + 9.60896809063285878198E0) * far + 3.36907645100081516050E0;
        return V.Select(V.Greater(8, x), p / q, r / s);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => -Erf.Slope * V.Exp(-(x * x));
}

/// <summary>
/// y = the inverse of erf: the approximation of Giles (single precision), and one step of Halley's method with erf near 0 and erfc elsewhere.
/// </summary>
public readonly struct Erfinv : IUnaryFunction
{
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
        V y = magnitude * V.Select(V.Greater(5, w), central, tail);
        V error = V.Select(V.Greater(0.5, magnitude), V.Call<Erf>(y) - magnitude, (1 - magnitude) - V.Call<Erfc>(y));
        V step = error / (Erf.Slope * V.Exp(-(y * y)));
        V refined = V.Select(V.Equal(magnitude, 1), double.PositiveInfinity, y - step / (1 + y * step));
        return V.Select(V.Greater(0, x), -refined, refined);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Exp(y * y) / Erf.Slope;
    public static Interval Domain => new(-1, 1);
}

/// <summary>y = x Φ(x) with the normal distribution Φ(x) = ½ erfc(-x / √2), and its limit 0 at -∞.</summary>
public readonly struct Gelu : IUnaryFunction
{
    private const double RootHalf = 0.7071067811865476;

    public static string Name => "gelu";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V z = RootHalf * V.Abs(x);
        V tail = Erfc.Gaussian(x, 0.5) * Erfc.Scaled(z);
        V upper = V.Select(V.Greater(1.25, z), Erfc.Near(z), tail);
        V lower = V.Select(V.Greater(1.25, z), Erfc.Near(-z), 2 - tail);
        return 0.5 * V.Select(V.Greater(0, x), V.Max(x, -1e9) * upper, x * lower);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> =>
        0.5 * V.Call<Erfc>(-RootHalf * x) + 0.3989422804014327 * x * V.Exp(-0.5 * (x * x));
}
