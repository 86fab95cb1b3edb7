namespace AutoDiffAE.Scalars;

/// <summary>
/// y = a - b ⌊a / b⌋, which has the sign of b, as numpy's and Python's % have it: exact for quotients of any size, but for the addition of b where
/// the signs of a and b differ, which is rounded once.
/// </summary>
public readonly struct Remainder : IBinaryFunction
{
    public static string Name => "remainder";
    public static V Apply<V>(V a, V b) where V : IReal<V>
    {
        V r = V.Fmod(a, b);
        V differ = V.Greater(0, V.CopySign(1, r) * V.CopySign(1, b));
        return V.Select(r, V.Select(differ, r + b, r), V.CopySign(r, b));
    }

    /// <summary>∂y/∂b is less the quotient.</summary>
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (1, -V.Call<Round>((a - y) / b));
}

/// <summary>y = a - b trunc(a / b), which has the sign of a: C's fmod, exact for quotients of any size.</summary>
public readonly struct Fmod : IBinaryFunction
{
    public static string Name => "fmod";
    public static V Apply<V>(V a, V b) where V : IReal<V> => V.Fmod(a, b);
    public static (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V> => (1, -V.Call<Round>((a - y) / b));
}
