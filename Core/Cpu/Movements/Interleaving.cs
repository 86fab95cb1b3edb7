using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>target[2i] = even[i], target[2i + 1] = odd[i]</summary>
internal static unsafe class Interleaving<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(T* target, T* even, T* odd, long n) where V : unmanaged, ILanes<V, T>
    {
        if (n >= V.Count) Vectors<V>(target, even, odd, n);
        else if (n >= Lanes256<T>.Count && V.Count > Lanes256<T>.Count) Vectors<Lanes256<T>>(target, even, odd, n);
        else if (n >= Lanes128<T>.Count) Vectors<Lanes128<T>>(target, even, odd, n);
        else for (var i = 0L; i < n; i++) (target[2 * i], target[2 * i + 1]) = (even[i], odd[i]);
    }

    /// <summary>The last vector overlaps the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectors<V>(T* target, T* even, T* odd, long n) where V : unmanaged, ILanes<V, T>
    {
        for (var i = 0L; i < n; i += V.Count)
        {
            var at = Math.Min(i, n - V.Count);
            V a = V.Load(even + at), b = V.Load(odd + at);
            Shuffles<V, T>.InterleaveLow(a, b).Store(target + 2 * at);
            Shuffles<V, T>.InterleaveHigh(a, b).Store(target + 2 * at + V.Count);
        }
    }
}
