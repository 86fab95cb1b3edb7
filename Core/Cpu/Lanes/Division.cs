using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>The remainder of a division over lanes, exact as C's fmod is.</summary>
internal static class Division<V, T>
    where V : unmanaged, ILanes<V, T>, Scalars.IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Where the quotient is small enough to be an integer of the type, its floor is at most one off: a - bn is then a multiple of
    /// the last place of b below 2b, so a fused multiplication has it exactly. Other elements are divided one by one.
    /// </summary>
    public static V Fmod(V a, V b)
    {
        var (dividend, divisor) = (V.Abs(a), V.Abs(b));
        V within = V.Greater((typeof(T) == typeof(float) ? 4194304.0 : 2251799813685248.0) * divisor, dividend) * V.Greater(double.PositiveInfinity, divisor);
        if (V.Sum(within) != T.CreateChecked(V.Count)) return OneByOne(a, b);
        V r = V.MultiplyAdd(-V.Floor(dividend / divisor), divisor, dividend);
        return V.CopySign(V.Select(V.Greater(0, r), r + divisor, V.Select(V.GreaterOrEqual(r, divisor), r - divisor, r)), a);
    }

    private static unsafe V OneByOne(V a, V b)
    {
        T* x = stackalloc T[V.Count];
        T* y = stackalloc T[V.Count];
        a.Store(x);
        b.Store(y);
        for (var i = 0; i < V.Count; i++) x[i] %= y[i];
        return V.Load(x);
    }
}
