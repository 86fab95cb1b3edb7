using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>y[b, o, i, r] = x[b, o, index[b, i], r], bound to sizes.</summary>
internal sealed unsafe class GatherStep<V, T>(IndexedSizes sizes, IndexPositions<T> indices, int source, int index, int target) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long ChunkElements = 16384;

    private struct State
    {
        public IndexedSizes Sizes;
        public T* Source, Target;
        public int* Positions;
        public long Rows, RowsPerChunk;
    }

    public void Run(nint* slots, Workers workers)
    {
        lock (workers.Exclusive)
        {
            var state = new State
            {
                Sizes = sizes,
                Source = (T*)slots[source],
                Target = (T*)slots[target],
                Positions = indices.Of((T*)slots[index], workers),
                Rows = sizes.Inner == 0 ? 0 : sizes.Groups * sizes.Indices,
                RowsPerChunk = Math.Max(1, ChunkElements / Math.Max(sizes.Inner, 1)),
            };
            workers.Run(checked((int)((state.Rows + state.RowsPerChunk - 1) / state.RowsPerChunk)), &Chunk, &state);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chunk(void* job, int chunk, int worker)
    {
        var state = (State*)job;
        var (count, inner) = (state->Sizes.Indices, state->Sizes.Inner);
        var end = Math.Min((chunk + 1) * state->RowsPerChunk, state->Rows);
        for (var row = chunk * state->RowsPerChunk; row < end;)
        {
            var (group, first) = Math.DivRem(row, count);
            var run = Math.Min(count - first, end - row);
            var positions = state->Positions + group / state->Sizes.Outer * count + first;
            var from = state->Source + group * state->Sizes.Length * inner;
            var to = state->Target + row * inner;
            if (inner == 1)
                for (var i = 0L; i < run; i++) to[i] = from[positions[i]];
            else
                for (var i = 0L; i < run; i++) Copy(from + positions[i] * inner, to + i * inner, inner);
            row += run;
        }
    }

    /// <summary>The last register overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(T* from, T* to, long n)
    {
        if (n < V.Count)
        {
            for (var j = 0L; j < n; j++) to[j] = from[j];
            return;
        }
        for (var j = 0L; j < n - V.Count; j += V.Count) V.Load(from + j).Store(to + j);
        V.Load(from + n - V.Count).Store(to + n - V.Count);
    }
}
