namespace AutoDiffAE.Scalars;

/// <summary>y = ½(eˣ - e⁻ˣ), by u = eˣ - 1 as ½(u + u / (u + 1)); where eˣ alone would overflow as ½(e^½x)².</summary>
public readonly struct Sinh : IUnaryFunction
{
    public static string Name => "sinh";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V u = V.Call<Expm1>(magnitude);
        V root = V.Exp(0.5 * magnitude);
        V y = V.Select(V.Greater(80, magnitude), 0.5 * (u + u / (u + 1)), (0.5 * root) * root);
        return V.CopySign(y, x);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Cosh>(x);
}

/// <summary>y = ½(eˣ + e⁻ˣ); where eˣ alone would overflow as ½(e^½x)².</summary>
public readonly struct Cosh : IUnaryFunction
{
    public static string Name => "cosh";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V magnitude = V.Abs(x);
        V e = V.Exp(magnitude);
        V root = V.Exp(0.5 * magnitude);
        return V.Select(V.Greater(80, magnitude), 0.5 * (e + 1 / e), (0.5 * root) * root);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Sinh>(x);
}

/// <summary>
/// y = tanh x. Near 0 the rational approximation of Cephes keeps full relative accuracy, elsewhere 1 - 2 / (e²ˣ + 1) does. Both are a number plus
/// a quotient: what is divided is chosen first, for a division costs as much as all the rest.
/// </summary>
public readonly struct Tanh : IUnaryFunction
{
    public static string Name => "tanh";
    public static V Apply<V>(V x) where V : IReal<V>
    {
        V z = x * x;
        V p = V.MultiplyAdd(V.MultiplyAdd(-9.64399179425052238628E-1, z, -9.92877231001918586564E1), z, -1.61468768441708447952E3);
        V q = V.MultiplyAdd(V.MultiplyAdd(z + 1.12811678491632931402E2, z, 2.23548839060100448583E3), z, 4.84406305325125486048E3);
        V magnitude = V.Abs(x);
        V near = V.Greater(0.625, magnitude);
        V quotient = V.Select(near, magnitude * z * p, -2) / V.Select(near, q, V.Exp(magnitude + magnitude) + 1);
        return V.CopySign(V.Select(near, magnitude, 1) + quotient, x);
    }
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 - y * y;
}
