namespace AutoDiffAE.Scalars;

/// <summary>y = sin x</summary>
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

/// <summary>y = tanh x. Near 0 the rational approximation of Cephes keeps full relative accuracy, elsewhere 1 - 2 / (e²ˣ + 1) does.</summary>
public readonly struct Tanh : IUnaryFunction
{
    public static string Name => "tanh";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V z = x * x;
        V p = (-9.64399179425052238628E-1 * z - 9.92877231001918586564E1) * z - 1.61468768441708447952E3;
        V q = ((z + 1.12811678491632931402E2) * z + 2.23548839060100448583E3) * z + 4.84406305325125486048E3;
        V magnitude = V.Abs(x);
        V far = 1 - 2 / (V.Exp(magnitude + magnitude) + 1);
        return V.Select(V.Greater(0.625, magnitude), x + x * z * (p / q), V.Select(V.Greater(0, x), -far, far));
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 - y * y;
}
