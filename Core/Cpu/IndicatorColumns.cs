using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Indicators where rows are compared element by element. Units wait until a strip of columns is full. One pass over their rows
/// finds a number a column (how many elements attain the maximum, or which is first); groups of columns agree on one; a second
/// pass writes the weights.
/// </summary>
internal static unsafe class IndicatorColumns<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Capacity = ReductionPlan.StripBytes;

    /// <summary>Places are told apart by whole numbers, exact in single precision up to 2²⁴; rows are numbered anew after so many.</summary>
    private const long NumberedRows = 1 << 20;

    /// <summary>The columns in work: strips of numbers, and the units they belong to.</summary>
    private struct Strip
    {
        public IndicatorState<T>* State;
        public T* Maxima, Found, Taken, Places, Grouped;
        public long Columns;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Units(IndicatorState<T>* state, long first, long end)
    {
        var plan = &state->Plan;
        var (capacity, group) = (Capacity / sizeof(T), plan->Group);
        var memory = stackalloc T[5 * capacity];
        var strip = new Strip
        {
            State = state, Maxima = memory, Found = memory + capacity, Taken = memory + 2 * capacity,
            Places = memory + 3 * capacity, Grouped = memory + 4 * capacity,
        };
        if (state->Rule == TieRule.First)
            for (var j = 0; j < capacity; j++) strip.Places[j] = T.CreateTruncating(-(j % group));
        var cursor = new StridedCursor(&plan->Kept, plan->Kept.Rank, first / plan->Pieces);
        var piece = first % plan->Pieces;
        var maxima = state->Maxima + first / plan->Pieces * (plan->Inner / group) + piece * (plan->Width / group);
        var together = plan->Pieces > 1 ? 1 : capacity / plan->Width;
        for (var unit = first; unit < end; unit += together)
        {
            var units = Math.Min(together, end - unit);
            var start = piece * plan->Width;
            var width = Math.Min(plan->Width, plan->Inner - start);
            strip.Columns = units * width;
            if (group > 1) Groups<V, T>.Repeat(strip.Maxima, maxima, strip.Columns / group, group);
            else strip.Maxima = maxima;
            if (state->Rule == TieRule.First) First(&strip, cursor, start, units, width);
            else Weigh(&strip, cursor, start, units, width);
            maxima += strip.Columns / group;
            if (plan->Pieces == 1)
                for (var i = 0L; i < units; i++) cursor.Next();
            else if (++piece == plan->Pieces)
            {
                piece = 0;
                cursor.Next();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh(Strip* strip, StridedCursor cursor, long start, long units, long width)
    {
        var plan = &strip->State->Plan;
        if (strip->State->Rule == TieRule.Each) Movement<V, T>.Fill(strip->Found, strip->Columns, T.One);
        else
        {
            var counting = cursor;
            for (var unit = 0L; unit < units; unit++, counting.Next())
                for (var run = new RowRun(plan, 0, plan->Rows); run.Rows > 0; run.Next())
                    IndicatorRows<V, T>.Count(
                        strip->Found + unit * width, strip->State->Source + counting.First + start + run.Offset,
                        run.Stride, run.Rows, strip->Maxima + unit * width, width, run.Row == 0);
            var counts = strip->Found;
            if (plan->Group > 1) Groups<V, T>.Fold<SumFold<V, T>>(counts = strip->Grouped, strip->Found, strip->Columns / plan->Group, plan->Group);
            IndicatorRows<V, T>.Invert(counts, strip->Columns / plan->Group);
            if (plan->Group > 1) Groups<V, T>.Repeat(strip->Found, strip->Grouped, strip->Columns / plan->Group, plan->Group);
        }
        for (var unit = 0L; unit < units; unit++, cursor.Next())
            for (var run = new RowRun(plan, 0, plan->Rows); run.Rows > 0; run.Next())
            {
                var offset = cursor.First + start + run.Offset;
                IndicatorRows<V, T>.Weigh(
                    strip->State->Target + offset, strip->State->Source + offset,
                    run.Stride, run.Rows, strip->Maxima + unit * width, strip->Found + unit * width, width);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void First(Strip* strip, StridedCursor cursor, long start, long units, long width)
    {
        var plan = &strip->State->Plan;
        Movement<V, T>.Fill(strip->Taken, strip->Columns, T.Zero);
        for (var row = 0L; row < plan->Rows; row += NumberedRows)
        {
            var end = Math.Min(row + NumberedRows, plan->Rows);
            var finding = cursor;
            for (var unit = 0L; unit < units; unit++, finding.Next())
                for (var run = new RowRun(plan, row, end); run.Rows > 0; run.Next())
                    IndicatorRows<V, T>.Find(
                        strip->Found + unit * width, strip->State->Source + finding.First + start + run.Offset, run.Stride, run.Rows,
                        strip->Maxima + unit * width, strip->Places + unit * width, (run.Row - row) * plan->Group, plan->Group, width, run.Row == row);
            if (plan->Group > 1)
            {
                Groups<V, T>.Fold<MaximumFold<V, T>>(strip->Grouped, strip->Found, strip->Columns / plan->Group, plan->Group);
                Groups<V, T>.Repeat(strip->Found, strip->Grouped, strip->Columns / plan->Group, plan->Group);
            }
            if (plan->Rows > NumberedRows) IndicatorRows<V, T>.Take(strip->Found, strip->Taken, strip->Columns);
            var writing = cursor;
            for (var unit = 0L; unit < units; unit++, writing.Next())
                for (var run = new RowRun(plan, row, end); run.Rows > 0; run.Next())
                    IndicatorRows<V, T>.Place(
                        strip->State->Target + writing.First + start + run.Offset, run.Stride, run.Rows,
                        strip->Found + unit * width, strip->Places + unit * width, (run.Row - row) * plan->Group, plan->Group, width);
        }
    }
}
