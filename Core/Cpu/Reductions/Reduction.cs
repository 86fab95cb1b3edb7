using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>What one reduction needs while it runs; <see cref="Partials"/> has <see cref="ReductionPlan.Partials"/> elements.</summary>
internal unsafe struct ReductionState<T> where T : unmanaged
{
    public ReductionPlan Plan;
    public T* Target, Source, Partials;
}

/// <summary>
/// Reductions of row-major arrays. Numbers are combined in blocks, and the blocks' results pairwise, so that rounding errors grow
/// with the logarithm of the number of blocks; the order never depends on who runs which chunk.
/// </summary>
internal static unsafe class Reduction<V, T, F>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IFold<V, T>
{
    /// <exception cref="InvalidOperationException">There is nothing to take the maximum of.</exception>
    public static int Chunks(in ReductionPlan plan) => plan.ReducedCount == 0 && plan.Results > 0 && F.OfNothing is null
        ? throw new InvalidOperationException("the maximum of no elements is not defined")
        : plan.Chunks;

    /// <summary>Allocates only where the plan has splits.</summary>
    public static void Run(in ReductionPlan plan, T* target, T* source)
    {
        var partials = new T[plan.Partials];
        fixed (T* scratch = partials)
        {
            var state = new ReductionState<T> { Plan = plan, Target = target, Source = source, Partials = scratch };
            var chunks = Chunks(plan);
            for (var chunk = 0; chunk < chunks; chunk++) Chunk(&state, chunk, 0);
            Combine(&state);
        }
    }

    /// <summary>To be called once after all chunks.</summary>
    public static void Combine(ReductionState<T>* state)
    {
        var plan = &state->Plan;
        if (plan->Splits > 1) Columns<V, T, F>.Fold(state->Target, state->Partials, plan->Splits, plan->Results, plan->Results);
    }

    /// <param name="state">A <see cref="ReductionState{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chunk(void* state, int chunk, int worker)
    {
        var fold = (ReductionState<T>*)state;
        var plan = &fold->Plan;
        if (plan->ReducedCount == 0)
        {
            Movement<V, T>.Fill(fold->Target, plan->Results, F.OfNothing ?? T.Zero);
            return;
        }
        var split = chunk / plan->ResultChunks;
        var first = chunk % plan->ResultChunks * plan->UnitsPerChunk;
        var end = Math.Min(first + plan->UnitsPerChunk, plan->Units);
        var (row, lastRow) = (split * plan->Rows / plan->Splits, (split + 1) * plan->Rows / plan->Splits);
        var target = plan->Splits > 1 ? fold->Partials + split * plan->Results : fold->Target;
        if (plan->InnerReduced) RowUnits(plan, target, fold->Source, first, end, row, lastRow);
        else ColumnUnits(plan, target, fold->Source, first, end, row, lastRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowUnits(ReductionPlan* plan, T* target, T* source, long first, long end, long row, long lastRow)
    {
        var cursor = new StridedCursor(&plan->Kept, plan->Kept.Rank, first);
        for (var unit = first; unit < end; unit++, cursor.Next())
            target[unit] = F.Collapse(Rows(plan, source + cursor.First, row, lastRow));
    }

    /// <summary>A tree over the rows: the stack holds the results of 2ⁿ rows, with falling n.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Rows(ReductionPlan* plan, T* source, long row, long lastRow)
    {
        if (row + 1 == lastRow && plan->Pieces == 1 && plan->Reduced.Rank == 0) return Row(source, plan->Inner, plan->Inner);
        var stack = stackalloc V[64];
        var top = 0;
        var cursor = new StridedCursor(&plan->Reduced, plan->Reduced.Rank, row / plan->Pieces);
        var piece = row % plan->Pieces;
        for (var done = 0L; row + done < lastRow; done++)
        {
            var start = piece * plan->Width;
            var end = Math.Min(start + plan->Width, plan->Inner);
            var v = Row(source + cursor.First + start, end - start, end);
            for (var bit = done; (bit & 1) != 0; bit >>= 1) v = F.Combine(stack[--top], v);
            stack[top++] = v;
            if (++piece < plan->Pieces) continue;
            piece = 0;
            cursor.Next();
        }
        var result = stack[--top];
        while (top > 0) result = F.Combine(stack[--top], result);
        return result;
    }

    /// <summary>
    /// One row in the lanes of a register. It has a full register at least, or (as the rest of a longer row) <paramref name="before"/>
    /// - n readable elements in front: the last register is loaded so that it ends with the row, without what was counted already.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Row(T* source, long n, long before)
    {
        var c = V.Count;
        if (n < c) return before >= c ? F.Tail(V.Load(source + n - c), c - (int)n) : throw new ArgumentOutOfRangeException(nameof(n));
        var a = V.Load(source);
        var i = (long)c;
        if (n >= 8 * c)
        {
            var (b, d, e) = (V.Load(source + c), V.Load(source + 2 * c), V.Load(source + 3 * c));
            var (f, g, h, j) = (V.Load(source + 4 * c), V.Load(source + 5 * c), V.Load(source + 6 * c), V.Load(source + 7 * c));
            for (i = 8 * c; i + 8 * c <= n; i += 8 * c)
            {
                a = F.Combine(a, V.Load(source + i));
                b = F.Combine(b, V.Load(source + i + c));
                d = F.Combine(d, V.Load(source + i + 2 * c));
                e = F.Combine(e, V.Load(source + i + 3 * c));
                f = F.Combine(f, V.Load(source + i + 4 * c));
                g = F.Combine(g, V.Load(source + i + 5 * c));
                h = F.Combine(h, V.Load(source + i + 6 * c));
                j = F.Combine(j, V.Load(source + i + 7 * c));
            }
            a = F.Combine(F.Combine(F.Combine(a, b), F.Combine(d, e)), F.Combine(F.Combine(f, g), F.Combine(h, j)));
        }
        for (; i + c <= n; i += c) a = F.Combine(a, V.Load(source + i));
        return i < n ? F.Combine(a, F.Tail(V.Load(source + n - c), c - (int)(n - i))) : a;
    }

    /// <summary>Results of neighbouring units lie side by side, so that short columns wait in a strip until there are enough to group.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ColumnUnits(ReductionPlan* plan, T* target, T* source, long first, long end, long row, long lastRow)
    {
        var strip = stackalloc T[ReductionPlan.StripBytes / sizeof(T)];
        var cursor = new StridedCursor(&plan->Kept, plan->Kept.Rank, first / plan->Pieces);
        var piece = first % plan->Pieces;
        var (waiting, capacity, group) = (0L, ReductionPlan.StripBytes / sizeof(T), plan->Group);
        var result = target + first / plan->Pieces * (plan->Inner / group) + piece * (plan->Width / group);
        for (var unit = first; unit < end; unit++)
        {
            var start = piece * plan->Width;
            var width = Math.Min(plan->Width, plan->Inner - start);
            if (group > 1 && waiting + width > capacity) Flush();
            Columns<V, T, F>.Fold(group == 1 ? result : strip + waiting, source + cursor.First + start, &plan->Reduced, row, lastRow, width);
            if (group == 1) result += width;
            else waiting += width;
            if (++piece < plan->Pieces) continue;
            piece = 0;
            cursor.Next();
        }
        if (waiting > 0) Flush();

        void Flush()
        {
            Groups<V, T>.Fold<F>(result, strip, waiting / group, group);
            result += waiting / group;
            waiting = 0;
        }
    }
}
