namespace AutoDiffAE.Scalars;

/// <summary>y = 1 where a &gt; b, else 0; constant almost everywhere.</summary>
public readonly struct Greater : IBinaryFunction
{
    public static string Name => "greater";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Greater(a, b);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, 0);
    public static bool KinkOnDiagonal => true;
}

/// <summary>y = 1 where a ≥ b, else 0; constant almost everywhere.</summary>
public readonly struct GreaterOrEqual : IBinaryFunction
{
    public static string Name => "greater_equal";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.GreaterOrEqual(a, b);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, 0);
    public static bool KinkOnDiagonal => true;
}

/// <summary>y = 1 where a = b, else 0; constant almost everywhere.</summary>
public readonly struct Equal : IBinaryFunction
{
    public static string Name => "equal";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Equal(a, b);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, 0);
    public static bool KinkOnDiagonal => true;
}

/// <summary>y = 1 where a &lt; b, else 0; constant almost everywhere.</summary>
public readonly struct Less : IBinaryFunction
{
    public static string Name => "less";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Greater(b, a);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, 0);
    public static bool KinkOnDiagonal => true;
}

/// <summary>y = 1 where a ≤ b, else 0; constant almost everywhere.</summary>
public readonly struct LessOrEqual : IBinaryFunction
{
    public static string Name => "less_equal";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.GreaterOrEqual(b, a);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, 0);
    public static bool KinkOnDiagonal => true;
}

/// <summary>y = 1 where a ≠ b, as where either is not a number, else 0; constant almost everywhere.</summary>
public readonly struct NotEqual : IBinaryFunction
{
    public static string Name => "not_equal";
    public static V Apply<V>(V a, V b) where V : IReal<V> => 1 - V.Equal(a, b);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, 0);
    public static bool KinkOnDiagonal => true;
}

/// <summary>y = max(a, b); where they tie each has half of the cotangent.</summary>
public readonly struct Larger : IBinaryFunction
{
    public static string Name => "maximum";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Max(a, b);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> =>
        (0.5 * (V.Greater(a, b) + V.GreaterOrEqual(a, b)), 0.5 * (V.Greater(b, a) + V.GreaterOrEqual(b, a)));
    public static bool KinkOnDiagonal => true;
}

/// <summary>y = min(a, b); where they tie each has half of the cotangent.</summary>
public readonly struct Smaller : IBinaryFunction
{
    public static string Name => "minimum";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Min(a, b);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> =>
        (0.5 * (V.Greater(b, a) + V.GreaterOrEqual(b, a)), 0.5 * (V.Greater(a, b) + V.GreaterOrEqual(a, b)));
    public static bool KinkOnDiagonal => true;
}

/// <summary>y = a where the condition is not 0, else b. The branch not taken never leaks, into the value or a gradient.</summary>
public readonly struct Where : ITernaryFunction
{
    public static string Name => "where";
    public static V Apply<V>(V a, V b, V c) where V : IReal<V> => V.Select(a, b, c);
    public static (V A, V B, V C) Derivatives<V>(V a, V b, V c, V y) where V : IReal<V> => (0, V.Select(a, 1, 0), V.Select(a, 0, 1));
}

/// <summary>y = -1, 0 or 1, and what is not a number stays so; constant almost everywhere.</summary>
public readonly struct Sign : IUnaryFunction
{
    public static string Name => "sign";
    public static V Apply<V>(V x) where V : IReal<V> => V.Select(V.Equal(x, x), V.Greater(x, 0) - V.Greater(0, x), x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 0;
    public static ReadOnlySpan<double> Kinks => [0.0];
}

/// <summary>y = |a| with the sign of b, a zero's too; as a function of b constant almost everywhere.</summary>
public readonly struct CopySign : IBinaryFunction
{
    public static string Name => "copysign";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.CopySign(a, b);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (V.Call<Sign>(a) * V.CopySign(1, b), 0);
}
