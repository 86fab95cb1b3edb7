using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Short runs of neighbours: r numbers reduced to one, or one repeated r times.</summary>
internal static unsafe class Groups<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>target[g] = source[r·g] ∘ … ∘ source[r·g + r - 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold<F>(T* target, T* source, long groups, int r) where F : struct, IFold<V, T>
    {
        var g = 0L;
        if (r == 2)
            for (; g + V.Count <= groups; g += V.Count) Pairs<F>(source + 2 * g).Store(target + g);
        else if (r == 4)
            for (; g + V.Count <= groups; g += V.Count) Fours<F>(source + 4 * g).Store(target + g);
        else if (r == 8)
            for (; g + V.Count <= groups; g += V.Count)
                Neighbours<F>(Fours<F>(source + 8 * g), Fours<F>(source + 8 * g + 4 * V.Count)).Store(target + g);
        for (; g < groups; g++) target[g] = Few<F>(source + r * g, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Neighbours<F>(V a, V b) where F : struct, IFold<V, T> => F.Combine(Shuffles<V, T>.Evens(a, b), Shuffles<V, T>.Odds(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pairs<F>(T* source) where F : struct, IFold<V, T> => Neighbours<F>(V.Load(source), V.Load(source + V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Fours<F>(T* source) where F : struct, IFold<V, T> => Neighbours<F>(Pairs<F>(source), Pairs<F>(source + 2 * V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Few<F>(T* source, int r) where F : struct, IFold<V, T>
    {
        var even = source[0];
        if (r == 1) return even;
        var odd = source[1];
        var i = 2;
        for (; i + 1 < r; i += 2)
        {
            even = F.Combine(even, source[i]);
            odd = F.Combine(odd, source[i + 1]);
        }
        if (i < r) even = F.Combine(even, source[i]);
        return F.Combine(even, odd);
    }

    /// <summary>target[r·g + j] = source[g] for j &lt; r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Repeat(T* target, T* source, long groups, int r)
    {
        var g = 0L;
        if (r == 1)
        {
            Buffer.MemoryCopy(source, target, groups * sizeof(T), groups * sizeof(T));
            return;
        }
        if (r == 2)
            for (; g + V.Count <= groups; g += V.Count) Double(target + 2 * g, V.Load(source + g));
        else if (r == 4)
            for (; g + V.Count <= groups; g += V.Count)
            {
                var v = V.Load(source + g);
                Double(target + 4 * g, Shuffles<V, T>.DoubleLow(v));
                Double(target + 4 * g + 2 * V.Count, Shuffles<V, T>.DoubleHigh(v));
            }
        else if (r == 3)
            for (; g < groups; g++) target[3 * g] = target[3 * g + 1] = target[3 * g + 2] = source[g];
        else if (r >= V.Count)
            for (; g < groups; g++) Movement<V, T>.Fill(target + r * g, r, source[g]);
        if (r == 2)
            for (; g < groups; g++) target[2 * g] = target[2 * g + 1] = source[g];
        for (; g < groups; g++)
        {
            var value = source[g];
            for (var j = 0; j < r; j++) target[r * g + j] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Double(T* target, V v)
    {
        Shuffles<V, T>.DoubleLow(v).Store(target);
        Shuffles<V, T>.DoubleHigh(v).Store(target + V.Count);
    }
}
