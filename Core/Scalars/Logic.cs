namespace AutoDiffAE.Scalars;

/// <summary>y = 1 where neither a nor b is 0, else 0; constant almost everywhere. What is not a number is not 0.</summary>
public readonly struct LogicalAnd : IBinaryFunction
{
    public static string Name => "logical_and";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Select(a, V.Select(b, 1, 0), 0);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, 0);
}

/// <summary>y = 1 where a or b is not 0, else 0; constant almost everywhere.</summary>
public readonly struct LogicalOr : IBinaryFunction
{
    public static string Name => "logical_or";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Select(a, 1, V.Select(b, 1, 0));
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (0, 0);
}

/// <summary>y = 1 where x = 0, else 0; constant almost everywhere.</summary>
public readonly struct LogicalNot : IUnaryFunction
{
    public static string Name => "logical_not";
    public static V Apply<V>(V x) where V : IReal<V> => V.Select(x, 0, 1);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 0;
    public static ReadOnlySpan<double> Kinks => [0.0];
}

/// <summary>y = 1 where x is not a number, else 0.</summary>
public readonly struct IsNaN : IUnaryFunction
{
    public static string Name => "isnan";
    public static V Apply<V>(V x) where V : IReal<V> => 1 - V.Equal(x, x);
    public static V Derivative<V>(V x, V y) where V : IReal<V> => 0;
}
