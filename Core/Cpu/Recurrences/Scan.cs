using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

internal unsafe struct ScanState<T> where T : unmanaged
{
    public ScanPlan Plan;
    public T* Factors, Terms, Target;
}

/// <summary>Each number from the one before it: y₀ = b₀, yₖ = next(aₖ, yₖ₋₁, bₖ).</summary>
internal static unsafe class Scan<V, T, S>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where S : struct, IScan<V, T>
{
    /// <param name="state">A <see cref="ScanState{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chunk(void* state, int chunk, int worker)
    {
        var scan = (ScanState<T>*)state;
        var plan = &scan->Plan;
        var end = Math.Min((chunk + 1) * plan->UnitsPerChunk, plan->Units);
        for (var unit = chunk * plan->UnitsPerChunk; unit < end; unit++)
            if (plan->InLanes) Columns(scan, unit);
            else Lines(scan, unit * ScanPlan.Abreast);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(ScanState<T>* scan, long unit)
    {
        var plan = &scan->Plan;
        var (outer, strip) = Math.DivRem(unit, plan->Strips);
        var start = strip * plan->Width;
        var width = Math.Min(plan->Width, plan->Inner - start);
        var offset = outer * plan->Length * plan->Inner + plan->Begin + start;
        var factors = scan->Factors + offset;
        var terms = scan->Terms + offset;
        var target = scan->Target + offset;
        Memory.Copy(terms, target, (int)width);
        for (var k = 1L; k < plan->Length; k++)
        {
            var before = target;
            factors += plan->Step;
            terms += plan->Step;
            target += plan->Step;
            var j = 0L;
            for (; j + V.Count <= width; j += V.Count) S.Next(V.Load(factors + j), V.Load(before + j), V.Load(terms + j)).Store(target + j);
            for (; j < width; j++) target[j] = S.Next(factors[j], before[j], terms[j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lines(ScanState<T>* scan, long line)
    {
        var plan = &scan->Plan;
        var lines = Math.Min(ScanPlan.Abreast, plan->Outer * plan->Inner - line);
        var offsets = stackalloc long[ScanPlan.Abreast];
        for (var i = 0; i < lines; i++) offsets[i] = Offset(plan, line + i);
        if (lines == ScanPlan.Abreast) Eight(scan, offsets);
        else
            for (var i = 0; i < lines; i++) One(scan, offsets[i]);
    }

    private static long Offset(ScanPlan* plan, long line)
    {
        var (outer, inner) = Math.DivRem(line, plan->Inner);
        return outer * plan->Length * plan->Inner + plan->Begin + inner;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(ScanState<T>* scan, long at)
    {
        var factors = scan->Factors;
        var terms = scan->Terms;
        var target = scan->Target;
        var step = scan->Plan.Step;
        var y = target[at] = terms[at];
        for (var k = scan->Plan.Length - 1; k > 0; k--)
        {
            at += step;
            target[at] = y = S.Next(factors[at], y, terms[at]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(ScanState<T>* scan, long* offsets)
    {
        var factors = scan->Factors;
        var terms = scan->Terms;
        var target = scan->Target;
        var step = scan->Plan.Step;
        var (a, b, c, d) = (offsets[0], offsets[1], offsets[2], offsets[3]);
        var (e, f, g, h) = (offsets[4], offsets[5], offsets[6], offsets[7]);
        T p = target[a] = terms[a], q = target[b] = terms[b], r = target[c] = terms[c], s = target[d] = terms[d];
        T t = target[e] = terms[e], u = target[f] = terms[f], v = target[g] = terms[g], w = target[h] = terms[h];
        for (var (k, at) = (scan->Plan.Length - 1, step); k > 0; k--, at += step)
        {
            target[a + at] = p = S.Next(factors[a + at], p, terms[a + at]);
            target[b + at] = q = S.Next(factors[b + at], q, terms[b + at]);
            target[c + at] = r = S.Next(factors[c + at], r, terms[c + at]);
            target[d + at] = s = S.Next(factors[d + at], s, terms[d + at]);
            target[e + at] = t = S.Next(factors[e + at], t, terms[e + at]);
            target[f + at] = u = S.Next(factors[f + at], u, terms[f + at]);
            target[g + at] = v = S.Next(factors[g + at], v, terms[g + at]);
            target[h + at] = w = S.Next(factors[h + at], w, terms[h + at]);
        }
    }
}
