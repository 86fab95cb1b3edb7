namespace AutoDiffAE.Scalars;

/// <summary>y = -x</summary>
public readonly struct Negate : IUnaryFunction
{
    public static string Name => "neg";
    public static V Apply<V>(V x) where V : IReal<V> => -x;
    public static V Derivative<V>(V x, V y) where V : IReal<V> => -1;
}

/// <summary>y = a + b</summary>
public readonly struct Add : IBinaryFunction
{
    public static string Name => "add";
    public static V Apply<V>(V a, V b) where V : IReal<V> => a + b;
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (1, 1);
}

/// <summary>y = a - b</summary>
public readonly struct Subtract : IBinaryFunction
{
    public static string Name => "sub";
    public static V Apply<V>(V a, V b) where V : IReal<V> => a - b;
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (1, -1);
}

/// <summary>y = a · b</summary>
public readonly struct Multiply : IBinaryFunction
{
    public static string Name => "mul";
    public static V Apply<V>(V a, V b) where V : IReal<V> => a * b;
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (b, a);
}

/// <summary>y = a / b, with ∂y/∂b = -y / b</summary>
public readonly struct Divide : IBinaryFunction
{
    public static string Name => "div";
    public static V Apply<V>(V a, V b) where V : IReal<V> => a / b;
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (1 / b, -y / b);
    public static (Interval A, Interval B) Domain => (Interval.Real, Interval.Positive);
}

/// <summary>y = 1 / x</summary>
public readonly struct Reciprocal : IUnaryFunction
{
    public static string Name => "reciprocal";
    public static V Apply<V>(V x) where V : IReal<V> => 1 / x;
    public static V Derivative<V>(V x, V y) where V : IReal<V> => -(y * y);
    public static Interval Domain => Interval.Positive;
}

/// <summary>y = x²</summary>
public readonly struct Square : IUnaryFunction
{
    public static string Name => "square";
    public static V Apply<V>(V x) where V : IReal<V> => x * x;
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 2 * x;
}

/// <summary>y = √x</summary>
public readonly struct Sqrt : IUnaryFunction
{
    public static string Name => "sqrt";
    public static V Apply<V>(V x) where V : IReal<V> => V.Sqrt(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 0.5 / y;
    public static Interval Domain => Interval.Positive;
}

/// <summary>y = |x|, with derivative 0 at 0: the symmetric subgradient.</summary>
public readonly struct Abs : IUnaryFunction
{
    public static string Name => "abs";
    public static V Apply<V>(V x) where V : IReal<V> => V.Abs(x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Sign>(x);
    public static ReadOnlySpan<double> Kinks => [0.0];
}

/// <summary>
/// y = dy · d, and 0 wherever either is 0: the chain rule's product, in which the other factor may be infinite or not a number. It is
/// symmetric, so that it holds for derivatives of derivatives too.
/// </summary>
public readonly struct Chain : IBinaryFunction
{
    public static string Name => "chain";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Select(a, V.Select(b, a * b, 0), 0);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (b, a);
}
