using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>How a running value goes on. Lanes and single numbers round alike, so that how an array is cut changes no bit.</summary>
internal interface IScan<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract V Next(V factor, V y, V term);

    static abstract T Next(T factor, T y, T term);
}

/// <summary>y := a y + b</summary>
internal readonly struct LinearScan<V, T> : IScan<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Next(V factor, V y, V term) => V.MultiplyAdd(factor, y, term);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next(T factor, T y, T term) => T.FusedMultiplyAdd(factor, y, term);
}

/// <summary>y := y + b</summary>
internal readonly struct SumScan<V, T> : IScan<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Next(V factor, V y, V term) => y + term;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next(T factor, T y, T term) => y + term;
}

/// <summary>y := max(y, b), NaN where either is.</summary>
internal readonly struct MaximumScan<V, T> : IScan<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Next(V factor, V y, V term) => V.Max(y, term);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next(T factor, T y, T term) => T.Max(y, term);
}
