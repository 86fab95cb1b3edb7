namespace AutoDiffAE.Scalars;

/// <summary>y = a where a &gt; 0, else b a: b is the slope of the negative side, and of 0.</summary>
public readonly struct LeakyRelu : IBinaryFunction
{
    public static string Name => "leaky_relu";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Select(V.Greater(a, 0), a, b * a);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (V.Select(V.Greater(a, 0), 1, b), V.Select(V.Greater(a, 0), 0, a));
}

/// <summary>y = a where a &gt; 0, else b (eᵃ - 1); at 0 the derivative is that of the negative side.</summary>
public readonly struct Elu : IBinaryFunction
{
    public static string Name => "elu";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Select(V.Greater(a, 0), a, b * V.Call<Expm1>(a));
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> =>
        (V.Select(V.Greater(a, 0), 1, b * V.Exp(a)), V.Select(V.Greater(a, 0), 0, V.Call<Expm1>(a)));
}

/// <summary>y = a where a &gt; 0, else b (e^(a / b) - 1), whose slope is continuous.</summary>
public readonly struct Celu : IBinaryFunction
{
    public static string Name => "celu";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Select(V.Greater(a, 0), a, b * V.Call<Expm1>(a / b));
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V>
    {
        V r = a / b;
        V e = V.Exp(r);
        return (V.Select(V.Greater(a, 0), 1, e), V.Select(V.Greater(a, 0), 0, V.Call<Expm1>(r) - V.Call<Chain>(r, e)));
    }
    public static (Interval A, Interval B) Domain => (Interval.Real, Interval.Positive);
}

/// <summary>y = λx where x &gt; 0, else λα (eˣ - 1), for which mean 0 and variance 1 are a fixed point (Klambauer et al.).</summary>
public readonly struct Selu : IUnaryFunction
{
    private const double Scale = 1.0507009873554804934193349852946;
    private const double Alpha = 1.6732632423543772848170429916717;

    public static string Name => "selu";
    public static V Apply<V>(V x) where V : IReal<V> => V.Select(V.Greater(x, 0), Scale * x, Scale * Alpha * V.Call<Expm1>(x));
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Select(V.Greater(x, 0), Scale, Scale * Alpha * V.Exp(x));
    public static ReadOnlySpan<double> Kinks => [0.0];
}
