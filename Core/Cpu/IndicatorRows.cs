using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The inner loops of indicators, over n columns of a few rows a stride apart. Where the last register overlaps the one before, it
/// is made first and stored last, so that a column is never updated twice.
/// </summary>
internal static unsafe class IndicatorRows<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>count[j] (+)= how many of the rows' elements j attain m[j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Count(T* count, T* x, long stride, long rows, T* m, long n, bool first)
    {
        if (n < V.Count)
        {
            for (var j = 0L; j < n; j++)
            {
                var sum = first ? T.Zero : count[j];
                for (var i = 0L; i < rows; i++)
                    if (MaximumIndicator<V, T>.Attains(x[i * stride + j], m[j])) sum += T.One;
                count[j] = sum;
            }
            return;
        }
        var end = n - V.Count;
        var last = Counted(count, x, stride, rows, m, end, first);
        for (var j = 0L; j < end; j += V.Count) Counted(count, x, stride, rows, m, j, first).Store(count + j);
        last.Store(count + end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Counted(T* count, T* x, long stride, long rows, T* m, long j, bool first)
    {
        var (sum, maximum) = (first ? V.Splat(T.Zero) : V.Load(count + j), V.Load(m + j));
        for (var i = 0L; i < rows; i++) sum += MaximumIndicator<V, T>.Attains(V.Load(x + i * stride + j), maximum);
        return sum;
    }

    /// <summary>values = 1 / values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Invert(T* values, long n)
    {
        var j = 0L;
        for (; j + V.Count <= n; j += V.Count) (V.Splat(T.One) / V.Load(values + j)).Store(values + j);
        for (; j < n; j++) values[j] = T.One / values[j];
    }

    /// <summary>w[i, j] = weight[j] where x[i, j] attains m[j], else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weigh(T* w, T* x, long stride, long rows, T* m, T* weight, long n)
    {
        if (n < V.Count)
        {
            for (var i = 0L; i < rows; i++)
                for (var j = 0L; j < n; j++) w[i * stride + j] = MaximumIndicator<V, T>.Attains(x[i * stride + j], m[j]) ? weight[j] : T.Zero;
            return;
        }
        var end = n - V.Count;
        for (var j = 0L; j < end; j += V.Count) Weighed(w, x, stride, rows, m, weight, j);
        Weighed(w, x, stride, rows, m, weight, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weighed(T* w, T* x, long stride, long rows, T* m, T* weight, long j)
    {
        var (maximum, value) = (V.Load(m + j), V.Load(weight + j));
        for (var i = 0L; i < rows; i++) (MaximumIndicator<V, T>.Attains(V.Load(x + i * stride + j), maximum) * value).Store(w + i * stride + j);
    }

    /// <summary>
    /// found[j] = the largest place of the elements that attain m[j], -∞ if none does, where row i has place[j] - number - i · step: places
    /// fall in row-major order. Unless first, found counts as well.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(
        T* found, T* x, long stride, long rows, T* m, T* place, long number, long step, long n, bool first)
    {
        var numbers = stackalloc T[(int)rows];
        for (var i = 0L; i < rows; i++) numbers[i] = T.CreateTruncating(number + i * step);
        if (n < V.Count)
        {
            for (var j = 0L; j < n; j++)
            {
                var best = first ? T.NegativeInfinity : found[j];
                for (var i = 0L; i < rows; i++)
                    if (MaximumIndicator<V, T>.Attains(x[i * stride + j], m[j])) best = T.Max(best, place[j] - numbers[i]);
                found[j] = best;
            }
            return;
        }
        var end = n - V.Count;
        var last = FoundAt(found, x, stride, rows, m, place, numbers, end, first);
        for (var j = 0L; j < end; j += V.Count) FoundAt(found, x, stride, rows, m, place, numbers, j, first).Store(found + j);
        last.Store(found + end);
    }

    /// <summary>From the last row to the first, an earlier element replacing a later one; what was found before is earlier still.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FoundAt(T* found, T* x, long stride, long rows, T* m, T* place, T* numbers, long j, bool first)
    {
        var none = V.Splat(T.NegativeInfinity);
        var (best, maximum, column) = (none, V.Load(m + j), V.Load(place + j));
        for (var i = rows - 1; i >= 0; i--)
            best = V.Select(MaximumIndicator<V, T>.Attains(V.Load(x + i * stride + j), maximum), column - V.Splat(numbers[i]), best);
        if (first) return best;
        var before = V.Load(found + j);
        return V.Select(V.Greater(before, none), before, best);
    }

    /// <summary>Where an element was found before, none is found any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take(T* found, T* taken, long n)
    {
        for (var j = 0L; j < n; j++)
        {
            var here = found[j] > T.NegativeInfinity;
            if (taken[j] != T.Zero) found[j] = T.NegativeInfinity;
            else if (here) taken[j] = T.One;
        }
    }

    /// <summary>w[i, j] = 1 where place[j] - number - i · step is the place found, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Place(T* w, long stride, long rows, T* found, T* place, long number, long step, long n)
    {
        for (var i = 0L; i < rows; i++, w += stride)
        {
            var row = T.CreateTruncating(number + i * step);
            if (n < V.Count)
            {
                for (var j = 0L; j < n; j++) w[j] = place[j] - row == found[j] ? T.One : T.Zero;
                continue;
            }
            var (v, end) = (V.Splat(row), n - V.Count);
            for (var j = 0L; j < end; j += V.Count) V.Equal(V.Load(place + j) - v, V.Load(found + j)).Store(w + j);
            V.Equal(V.Load(place + end) - v, V.Load(found + end)).Store(w + end);
        }
    }
}
