using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Cholesky and Banachiewicz by rows: lᵢⱼ = (aᵢⱼ - Σ lᵢₖ lⱼₖ) / lⱼⱼ, a block of columns after the other. The rows below a block do not
/// know of each other, so a large matrix is shared out by rows, and many small ones by matrices.
/// </summary>
internal sealed unsafe class CholeskyStep<T>(int matrices, int n, int source, int target) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private struct State
    {
        public T* A;
        public T* L;
        public int N;
        public int Begin;
        public int End;
    }

    public void Run(nint* slots, Workers workers)
    {
        var state = new State { A = (T*)slots[source], L = (T*)slots[target], N = n };
        if (n < BlockedElimination.LeastShared || matrices >= 4 * workers.Threads)
        {
            workers.Run(matrices, &Whole, &state);
            return;
        }
        for (var matrix = 0; matrix < matrices; matrix++, state.A += (long)n * n, state.L += (long)n * n)
            for (state.Begin = 0; state.Begin < n; state.Begin += BlockedElimination.Block)
            {
                state.End = Math.Min(n, state.Begin + BlockedElimination.Block);
                Factor(&state, state.Begin, state.End);
                workers.Run(BlockedElimination.Jobs(n - state.End), &Below, &state);
            }
    }

    private static void Whole(void* argument, int matrix, int worker)
    {
        var state = *(State*)argument;
        state.A += (long)matrix * state.N * state.N;
        state.L += (long)matrix * state.N * state.N;
        for (state.Begin = 0; state.Begin < state.N; state.Begin += BlockedElimination.Block)
        {
            state.End = Math.Min(state.N, state.Begin + BlockedElimination.Block);
            Factor(&state, state.Begin, state.N);
        }
    }

    private static void Below(void* argument, int job, int worker)
    {
        var state = (State*)argument;
        var (first, last) = BlockedElimination.RowsOf(job, state->End, state->N);
        Factor(state, first, last);
    }

    /// <summary>The columns of the block in the rows first to last.</summary>
    private static void Factor(State* state, int first, int last)
    {
        for (var i = first; i < last; i++)
        {
            var row = state->L + (long)i * state->N;
            for (var j = state->Begin; j < state->End; j++)
            {
                if (j > i)
                {
                    row[j] = T.Zero;
                    continue;
                }
                var other = state->L + (long)j * state->N;
                var rest = state->A[(long)i * state->N + j] - Rows<T>.Dot(row, other, j);
                row[j] = j < i ? rest / other[j] : T.Sqrt(rest);
            }
            // Right of the diagonal block all is 0.
            if (i < state->End) new Span<T>(row + state->End, state->N - state->End).Clear();
        }
    }
}
