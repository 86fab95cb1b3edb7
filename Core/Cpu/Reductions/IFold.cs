using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>An associative, commutative operation to reduce by.</summary>
internal unsafe interface IFold<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What nothing is reduced to; null where that is not defined.</summary>
    static abstract T? OfNothing { get; }

    static abstract V Combine(V a, V b);

    static abstract T Combine(T a, T b);

    /// <summary>All numbers of a register combined.</summary>
    static abstract T Collapse(V a);

    /// <summary>The register where the first <paramref name="seen"/> numbers, which were combined before, change nothing any more.</summary>
    static abstract V Tail(V a, int seen);
}

internal readonly unsafe struct SumFold<V, T> : IFold<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T? OfNothing => T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine(V a, V b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine(T a, T b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Collapse(V a) => V.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail(V a, int seen) => V.Select(V.Load(Steps<T>.From(seen)), a, V.Splat(T.Zero));
}

/// <summary>The maximum, NaN where any is NaN.</summary>
internal readonly unsafe struct MaximumFold<V, T> : IFold<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T? OfNothing => null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine(V a, V b) => V.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine(T a, T b) => T.Max(a, b);

    public static T Collapse(V a) => Collapsing<V, T>.ByHalves<MaximumFold<V, T>>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail(V a, int seen) => a;
}

internal readonly unsafe struct ProductFold<V, T> : IFold<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T? OfNothing => T.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine(V a, V b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine(T a, T b) => a * b;

    public static T Collapse(V a) => Collapsing<V, T>.ByHalves<ProductFold<V, T>>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail(V a, int seen) => V.Select(V.Load(Steps<T>.From(seen)), a, V.Splat(T.One));
}
