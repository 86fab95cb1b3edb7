using System.Numerics;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Cpu;

/// <summary>A vector register of <see cref="Count"/> numbers as a carrier: kernels are written once and run at every width.</summary>
public unsafe interface ILanes<V, T> : IReal<V>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    /// <summary>Whether numbers have 32 bits; else they have 64.</summary>
    static abstract bool IsSingle { get; }

    static abstract V Load(T* source);

    void Store(T* target);

    static abstract V Splat(T value);

    static abstract T Sum(V a);

    /// <summary>x where a &gt; b or a alone is NaN, which is the largest number where things are ordered; else y.</summary>
    static abstract V SelectBeyond(V a, V b, V x, V y);

    /// <summary>x · 2ᵏ for integral k for which 2ᵏ is a normal number.</summary>
    static abstract V Scale(V x, V k);

    /// <summary>x · 2ᵏ for integral k of which 2ᵏ may be far from normal; at most twice rounded.</summary>
    static abstract V ScaleFar(V x, V k);

    /// <summary>x between two numbers. What is no number stays none.</summary>
    static abstract V Clamp(V x, V low, V high);

    /// <summary>x = f · 2ᵉ with √½ ≤ f &lt; √2, for positive finite x, denormal ones included.</summary>
    static abstract (V Fraction, V Exponent) Split(V x);
}
