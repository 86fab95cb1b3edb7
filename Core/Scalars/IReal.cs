namespace AutoDiffAE.Scalars;

/// <summary>
/// What a scalar formula may use of the numbers it is written over. Carriers are the CPU's vector lanes, a device's scalars,
/// <see cref="Real"/> and the expressions of the graph themselves, so that a derivative stated once becomes code and becomes a graph.
/// </summary>
public interface IReal<V> where V : IReal<V>
{
    static abstract implicit operator V(double value);

    static abstract V operator +(V a, V b);
    static abstract V operator -(V a, V b);
    static abstract V operator *(V a, V b);
    static abstract V operator /(V a, V b);
    static abstract V operator -(V a);

    /// <summary>a·b + c, which numbers round once: so a·b - round(a·b) is exact.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);
    /// <summary>a - b·n for the integer n next to a / b on the side of 0: exact, with the sign of a; NaN for b = 0 and infinite a.</summary>
    static abstract V Fmod(V a, V b);
    /// <summary>|a| with the sign of b, which a zero has too.</summary>
    static abstract V CopySign(V a, V b);

    /// <summary>The larger; NaN where either is NaN.</summary>
    static abstract V Max(V a, V b);
    /// <summary>The smaller; NaN where either is NaN.</summary>
    static abstract V Min(V a, V b);
    static abstract V Abs(V a);
    static abstract V Floor(V a);
    static abstract V Sqrt(V a);
    static abstract V Exp(V a);
    static abstract V Log(V a);
    /// <summary>aᵇ for a ≥ 0, to the last places also where b·ln a is large; 1 where a = 1 or b = 0.</summary>
    static abstract V Pow(V a, V b);
    static abstract V Sin(V a);
    static abstract V Cos(V a);

    /// <summary>Exactly 1 where a &gt; b, else exactly 0 (also for NaN).</summary>
    static abstract V Greater(V a, V b);
    static abstract V GreaterOrEqual(V a, V b);
    static abstract V Equal(V a, V b);

    /// <summary>a where the condition is not 0, else b; the branch not taken never leaks, NaN included.</summary>
    static abstract V Select(V condition, V a, V b);

    /// <summary>Applies a named function: numbers run its formula, expressions make a node that keeps its name.</summary>
    static abstract V Call<F>(V x) where F : struct, IUnaryFunction;
    static abstract V Call<F>(V x, V y) where F : struct, IBinaryFunction;
    static abstract V Call<F>(V x, V y, V z) where F : struct, ITernaryFunction;
}
