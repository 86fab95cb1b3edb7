namespace AutoDiffAE.Scalars;

/// <summary>
/// y = ln |Γ(x)|: below 2 the approximations of fdlibm about the zeros at 1 and 2 and the minimum between them, below 13 that of Cephes
/// on [2, 3), then Stirling's series; for negative x by reflection.
/// </summary>
public readonly struct LogGamma : IUnaryFunction
{
    public static string Name => "lgamma";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V a = V.Abs(x);
        V positive = V.Select(V.Greater(2, a), Small(a), V.Select(V.Greater(13, a), Medium(a), Stirling(a)));
        V n = V.Floor(a + 0.5);
        V sine = V.Abs(V.Sin(Math.PI * (a - n)));
        V reflected = V.Log(Math.PI / (a * sine)) - positive;
        V y = V.Select(V.Greater(x, 0), positive, V.Select(V.Equal(a, n), double.PositiveInfinity, reflected));
        return V.Select(V.Equal(x, x), V.Select(V.Equal(a, double.PositiveInfinity), a, y), x);
    }

    /// <summary>ln Γ on (0, 2), of x + 1 where x ≤ 0.9.</summary>
    private static V Small<V>(V x) where V : IReal<V>
    {
        V low = V.GreaterOrEqual(0.9, x);
        V t = V.Select(low, x, x - 1);
        V y = 1 - t;
        V z = y * y;
        V even = ((((2.52144565451257326939e-05 * z + 2.20862790713908385557e-04) * z + 1.19270763183362067845e-03) * z
            + 7.38555086081402883957e-03) * z + 6.73523010531292681824e-02) * z + 7.72156649015328655494e-02;
        V odd = ((((4.48640949618915160150e-05 * z + 1.08011567247583939954e-04) * z + 5.10069792153511336608e-04) * z
            + 2.89051383673415629091e-03) * z + 2.05808084325167332806e-02) * z + 3.22467033424113591611e-01;
        V nearTwo = y * (even + y * odd - 0.5);
        V p = ((((1.33810918536787660377e-02 * t + 2.28963728064692451092e-01) * t + 9.77717527963372745603e-01) * t
            + 1.45492250137234768737e+00) * t + 6.32827064025093366517e-01) * t - 7.72156649015328655494e-02;
        V q = ((((3.21709242282423911810e-03 * t + 1.04222645593369134254e-01) * t + 7.69285150456672783825e-01) * t
            + 2.12848976379893395361e+00) * t + 2.45597793713041134822e+00) * t + 1;
        V nearOne = t * (p / q - 0.5);
        V y0 = V.Select(V.Greater(t, 0.7316), nearTwo, V.Select(V.Greater(t, 0.23164), NearMinimum(t), nearOne));
        return V.Select(low, y0 - V.Log(x), y0);
    }

    /// <summary>ln Γ(1 + t) about the minimum.</summary>
    private static V NearMinimum<V>(V t) where V : IReal<V>
    {
        V y = t - 0.46163214496836224576;
        V s = 3.35529192635519073543e-04;
        s = s * y - 3.12754168375120860518e-04;
        s = s * y + 3.15632070903625950361e-04;
        s = s * y - 5.38595305356740546715e-04;
        s = s * y + 8.81081882437654011382e-04;
        s = s * y - 1.40346469989232843813e-03;
        s = s * y + 2.25964780900612472250e-03;
        s = s * y - 3.68452016781138256760e-03;
        s = s * y + 6.10053870246291332635e-03;
        s = s * y - 1.03142241298341437450e-02;
        s = s * y + 1.79706750811820387126e-02;
        s = s * y - 3.27885410759859649565e-02;
        s = s * y + 6.46249402391333854778e-02;
        s = s * y - 1.47587722994593911752e-01;
        s = s * y + 4.83836122723810047042e-01;
        return y * y * s - 1.21486290535849611461e-01;
    }

    private static V Medium<V>(V x) where V : IReal<V>
    {
        V product = 1;
        for (var k = 0; k < 10; k++)
        {
            V above = V.GreaterOrEqual(x, 3);
            x = x - above;
            product = product * V.Select(above, x, 1);
        }
        V t = x - 2;
        V p = ((((-1.37825152569120859100E3 * t - 3.88016315134637840924E4) * t - 3.31612992738871184744E5) * t
            - 1.16237097492762307383E6) * t - 1.72173700820839662146E6) * t - 8.53555664245765465627E5;
        V q = (((((t - 3.51815701436523470549E2) * t - 1.70642106651881159223E4) * t - 2.20528590553854454839E5) * t
            - 1.13933444367982507207E6) * t - 2.53252307177582951285E6) * t - 2.01889141433532773231E6;
        return V.Log(product) + t * (p / q);
    }

    private static V Stirling<V>(V x) where V : IReal<V>
    {
        V r = 1 / x;
        V z = r * r;
        V series = (((8.11614167470508450300E-4 * z - 5.95061904284301438324E-4) * z + 7.93650340457716943945E-4) * z
            - 2.77777777730099687205E-3) * z + 8.33333333333331927722E-2;
        return (x - 0.5) * (V.Log(x) - 1) + (series * r + (0.91893853320467274178 - 0.5));
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Digamma>(x);
    public static Interval Domain => Interval.Positive;
}

/// <summary>
/// y = Γ'(x) / Γ(x): about its zero on [1, 2] the rational approximation of Boost (Maddock), reached by recurrence from below 10, then the
/// asymptotic series; for negative x by reflection.
/// </summary>
public readonly struct Digamma : IUnaryFunction
{
    public static string Name => "digamma";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V a = V.Select(V.Greater(x, 0), x, 1 - x);
        V shift = 0;
        V low = V.Greater(1, a);
        shift = V.Select(low, -1 / a, 0);
        V t = V.Select(low, a, a - 1);
        for (var k = 0; k < 8; k++)
        {
            V above = V.Greater(t, 1);
            V next = V.Select(above, shift + 1 / t, shift);
            t = V.Select(above, t - 1, t);
            shift = next;
        }
        // The zero in four parts, the first three exact in any precision.
        V g = (((t - 0.4609375) - 0.00069427490234375) - 3.700660045069526E-07) - 1.4084310064576629E-14;
        V p = ((((-0.0020713321167745952 * t - 0.045251321448739056) * t - 0.28919126444774784) * t - 0.65031853770896507) * t
            - 0.32555031186804491) * t + 0.25479851061131551;
        V q = (((((-0.55789841321675513e-6 * t + 0.0021284987017821144) * t + 0.054151797245674225) * t + 0.43593529692665969) * t
            + 1.4606242909763515) * t + 2.0767117023730469) * t + 1;
        V near = shift + (g * 0.99558162689208984 + g * (p / q));
        V r = 1 / a;
        V z = r * r;
        V series = (((((1.0 / 12 * z - 691.0 / 32760) * z + 1.0 / 132) * z - 1.0 / 240) * z + 1.0 / 252) * z - 1.0 / 120) * z + 1.0 / 12;
        V positive = V.Select(V.Greater(9, a), near, V.Log(a) - (0.5 * r + z * series));
        V angle = Math.PI * (x - V.Floor(x + 0.5));
        V reflected = V.Select(V.Equal(angle, 0), double.NaN, positive - Math.PI * V.Cos(angle) / V.Sin(angle));
        return V.Select(V.Equal(x, 0), V.CopySign(double.PositiveInfinity, -x), V.Select(V.Greater(0, x), reflected, positive));
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Polygamma>(1, x);
    public static Interval Domain => Interval.Positive;
}
