using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>A register's numbers combined into one.</summary>
internal static unsafe class Collapsing<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Neighbours, then neighbouring pairs, and so on.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T ByHalves<F>(V a) where F : struct, IFold<V, T>
    {
        var values = stackalloc T[V.Count];
        for (var n = V.Count; n > 1; n /= 2) a = F.Combine(Shuffles<V, T>.Evens(a, a), Shuffles<V, T>.Odds(a, a));
        a.Store(values);
        return *values;
    }
}
