using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Cpu;

/// <summary>What an indicator needs while it runs: the plan of the reduction that gave the maxima, and both arrays.</summary>
internal unsafe struct IndicatorState<T> where T : unmanaged
{
    public ReductionPlan Plan;
    public TieRule Rule;
    public T* Target, Source, Maxima;
}

/// <summary>
/// Where the maxima of a reduction are attained: weights of the array's own shape, by a <see cref="TieRule"/>. The maxima are the array's
/// own, so that a NaN in the array stands below a NaN maximum and attains it.
/// </summary>
internal static unsafe class MaximumIndicator<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A result is not cut into parts: the weights depend on all its elements.</summary>
    public static int Chunks(in ReductionPlan plan) => plan.ReducedCount == 0 ? 0 : plan.ResultChunks;

    public static void Run(in ReductionPlan plan, TieRule rule, T* target, T* source, T* maxima)
    {
        var state = new IndicatorState<T> { Plan = plan, Rule = rule, Target = target, Source = source, Maxima = maxima };
        var chunks = Chunks(plan);
        for (var chunk = 0; chunk < chunks; chunk++) Chunk(&state, chunk, 0);
    }

    /// <param name="state">An <see cref="IndicatorState{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chunk(void* state, int chunk, int worker)
    {
        var indicator = (IndicatorState<T>*)state;
        var plan = &indicator->Plan;
        var first = chunk * plan->UnitsPerChunk;
        var end = Math.Min(first + plan->UnitsPerChunk, plan->Units);
        if (!plan->InnerReduced)
        {
            IndicatorColumns<V, T>.Units(indicator, first, end);
            return;
        }
        var cursor = new StridedCursor(&plan->Kept, plan->Kept.Rank, first);
        for (var unit = first; unit < end; unit++, cursor.Next())
        {
            var target = indicator->Target + cursor.First;
            var source = indicator->Source + cursor.First;
            var maximum = indicator->Maxima[unit];
            if (indicator->Rule == TieRule.First) First(plan, target, source, maximum);
            else Weigh(plan, target, source, maximum, indicator->Rule == TieRule.Share ? T.One / Count(plan, source, maximum) : T.One);
        }
    }

    /// <summary>1 where x is the maximum: equal to it, or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Attains(V x, V maximum) => V.Equal(x, maximum) + (V.Splat(T.One) - V.Equal(x, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Attains(T x, T maximum) => x == maximum || T.IsNaN(x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Count(ReductionPlan* plan, T* source, T maximum)
    {
        var (m, c, count) = (V.Splat(maximum), V.Count, 0L);
        var cursor = new StridedCursor(&plan->Reduced, plan->Reduced.Rank, 0);
        for (var row = 0L; row < plan->Reduced.Count; row++, cursor.Next())
        {
            var x = source + cursor.First;
            var i = 0L;
            V a = V.Splat(T.Zero), b = a;
            for (; i + 2 * c <= plan->Inner; i += 2 * c)
            {
                a += Attains(V.Load(x + i), m);
                b += Attains(V.Load(x + i + c), m);
            }
            count += long.CreateTruncating(V.Sum(a)) + long.CreateTruncating(V.Sum(b));
            for (; i < plan->Inner; i++)
                if (Attains(x[i], maximum)) count++;
        }
        return T.CreateTruncating(count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh(ReductionPlan* plan, T* target, T* source, T maximum, T weight)
    {
        var (m, w, last) = (V.Splat(maximum), V.Splat(weight), plan->Inner - V.Count);
        var cursor = new StridedCursor(&plan->Reduced, plan->Reduced.Rank, 0);
        for (var row = 0L; row < plan->Reduced.Count; row++, cursor.Next())
        {
            var x = source + cursor.First;
            var t = target + cursor.First;
            for (var i = 0L; i < last; i += V.Count) (Attains(V.Load(x + i), m) * w).Store(t + i);
            (Attains(V.Load(x + last), m) * w).Store(t + last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void First(ReductionPlan* plan, T* target, T* source, T maximum)
    {
        var (m, found) = (V.Splat(maximum), false);
        var cursor = new StridedCursor(&plan->Reduced, plan->Reduced.Rank, 0);
        for (var row = 0L; row < plan->Reduced.Count; row++, cursor.Next())
        {
            var x = source + cursor.First;
            var t = target + cursor.First;
            Movement<V, T>.Fill(t, plan->Inner, T.Zero);
            if (found) continue;
            var i = 0L;
            while (i + V.Count <= plan->Inner && V.Sum(Attains(V.Load(x + i), m)) == T.Zero) i += V.Count;
            while (i < plan->Inner && !Attains(x[i], maximum)) i++;
            found = i < plan->Inner;
            if (found) t[i] = T.One;
        }
    }
}
