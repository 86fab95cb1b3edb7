using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Gauss' elimination with the largest pivot of each column, a block of columns after the other. The rows below a block do not know of each
/// other, so a large matrix is shared out by rows, and many small ones by matrices.
/// </summary>
internal sealed unsafe class LuStep<T>(int matrices, int n, int source, int target) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One matrix: rows of n + 1, of which the last is the row's number before the exchanges.</summary>
    private struct State
    {
        public T* A;
        public T* Lu;
        public int N;
        public int Begin;
        public int End;

        public readonly T* Row(int i) => Lu + (long)i * (N + 1);
    }

    public void Run(nint* slots, Workers workers)
    {
        var state = new State { A = (T*)slots[source], Lu = (T*)slots[target], N = n };
        if (n < BlockedElimination.LeastShared || matrices >= 4 * workers.Threads)
        {
            workers.Run(matrices, &Whole, &state);
            return;
        }
        for (var matrix = 0; matrix < matrices; matrix++, state.A += (long)n * n, state.Lu += (long)n * (n + 1))
        {
            Copy(&state);
            for (state.Begin = 0; state.Begin < n; state.Begin += BlockedElimination.Block)
            {
                state.End = Math.Min(n, state.Begin + BlockedElimination.Block);
                Panel(&state);
                workers.Run(BlockedElimination.Jobs(n - state.End), &Below, &state);
            }
        }
    }

    private static void Whole(void* argument, int matrix, int worker)
    {
        var state = *(State*)argument;
        state.A += (long)matrix * state.N * state.N;
        state.Lu += (long)matrix * state.N * (state.N + 1);
        Copy(&state);
        for (state.Begin = 0; state.Begin < state.N; state.Begin += BlockedElimination.Block)
        {
            state.End = Math.Min(state.N, state.Begin + BlockedElimination.Block);
            Panel(&state);
            Update(&state, state.End, state.N);
        }
    }

    private static void Below(void* argument, int job, int worker)
    {
        var state = (State*)argument;
        var (first, last) = BlockedElimination.RowsOf(job, state->End, state->N);
        Update(state, first, last);
    }

    private static void Copy(State* state)
    {
        for (var i = 0; i < state->N; i++)
        {
            new ReadOnlySpan<T>(state->A + (long)i * state->N, state->N).CopyTo(new Span<T>(state->Row(i), state->N));
            state->Row(i)[state->N] = T.CreateChecked(i);
        }
    }

    /// <summary>L in the block's columns, U in its rows.</summary>
    private static void Panel(State* state)
    {
        for (var k = state->Begin; k < state->End; k++)
        {
            var best = k;
            for (var i = k + 1; i < state->N; i++)
                if (T.Abs(state->Row(i)[k]) > T.Abs(state->Row(best)[k])) best = i;
            if (best != k) Rows<T>.Exchange(state->Row(best), state->Row(k), state->N + 1);
            var pivot = state->Row(k);
            // Within the block only; what is right of it follows with the whole block.
            for (var i = k + 1; i < state->N; i++)
            {
                var row = state->Row(i);
                // A column of zeros has nothing to eliminate.
                row[k] = pivot[k] == T.Zero ? T.Zero : row[k] / pivot[k];
                Rows<T>.Subtract(row + k + 1, row[k], pivot + k + 1, state->End - k - 1);
            }
        }
        Update(state, state->Begin, state->End);
    }

    /// <summary>Right of the block, rows first to last: each less its multiples of the block's rows above it.</summary>
    private static void Update(State* state, int first, int last)
    {
        for (var i = first; i < last; i++)
            for (var k = state->Begin; k < Math.Min(i, state->End); k++)
                Rows<T>.Subtract(state->Row(i) + state->End, state->Row(i)[k], state->Row(k) + state->End, state->N - state->End);
    }
}
