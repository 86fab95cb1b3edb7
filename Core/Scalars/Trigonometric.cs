namespace AutoDiffAE.Scalars;

/// <summary>y = sin x, reduced exactly for arguments of any size by the carriers, as cos is.</summary>
public readonly struct Sin : IUnaryFunction
{
    public static string Name => "sin";
    public static V Apply<V>(V x) where V : IReal<V> => V.Sin(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Cos(x);
}

/// <summary>y = cos x</summary>
public readonly struct Cos : IUnaryFunction
{
    public static string Name => "cos";
    public static V Apply<V>(V x) where V : IReal<V> => V.Cos(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => -V.Sin(x);
}

/// <summary>y = tan x</summary>
public readonly struct Tan : IUnaryFunction
{
    public static string Name => "tan";
    public static V Apply<V>(V x) where V : IReal<V> => V.Sin(x) / V.Cos(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 + y * y;
    public static Interval Domain => new(-0.5 * Math.PI, 0.5 * Math.PI);
}

/// <summary>y = sin πx / πx, and 1 at 0: numpy's. πx is reduced before it is rounded.</summary>
public readonly struct Sinc : IUnaryFunction
{
    public static string Name => "sinc";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V n = V.Floor(x + 0.5);
        V odd = n - 2 * V.Floor(0.5 * n);
        V sine = V.Sin(Math.PI * (x - n));
        return V.Select(x, V.Select(odd, -sine, sine) / (Math.PI * x), 1);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<SincSlope>(x);
}

/// <summary>y = the derivative of sinc: (cos πx - sinc x) / x, near 0 its power series; cos πx = ± sin π(½ - |x - n|) is reduced before it is rounded. It solves x y' + 2y + π² x sinc x = 0.</summary>
public readonly struct SincSlope : IUnaryFunction
{
    private const double Square = Math.PI * Math.PI;

    public static string Name => "sinc_slope";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V z = Square * (x * x);
        V series = 3.166789608205361E-30;
        series = V.MultiplyAdd(series, z, -2.387759364586842E-27);
        series = V.MultiplyAdd(series, z, 1.5472680682522736E-24);
        series = V.MultiplyAdd(series, z, -8.509974375387505E-22);
        series = V.MultiplyAdd(series, z, 3.9145882126782523E-19);
        series = V.MultiplyAdd(series, z, -1.4797143443923793E-16);
        series = V.MultiplyAdd(series, z, 1.0 / 22230464256000);
        series = V.MultiplyAdd(series, z, -1.0 / 93405312000);
        series = V.MultiplyAdd(series, z, 1.0 / 518918400);
        series = V.MultiplyAdd(series, z, -1.0 / 3991680);
        series = V.MultiplyAdd(series, z, 1.0 / 45360);
        series = V.MultiplyAdd(series, z, -1.0 / 840);
        series = V.MultiplyAdd(series, z, 1.0 / 30);
        series = V.MultiplyAdd(series, z, -1.0 / 3);
        V n = V.Floor(x + 0.5);
        V odd = n - 2 * V.Floor(0.5 * n);
        V cosine = V.Sin(Math.PI * (0.5 - V.Abs(x - n)));
        V far = (V.Select(odd, -cosine, cosine) - V.Call<Sinc>(x)) / x;
        return V.Select(V.Greater(5, z), Square * x * series, far);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Select(x, -Square * V.Call<Sinc>(x) - 2 * y / x, -Square / 3);
}
