using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Zeros (b, o, n, r) with y[b, o, i, r] added at index[b, i], bound to sizes. Who owns a part of the target adds to it in the order of i: how the
/// target is cut changes no bit, so it is cut by the number of threads.
/// </summary>
internal sealed unsafe class ScatterStep<V, T>(IndexedSizes sizes, IndexPositions<T> indices, int index, int source, int target) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long ChunkElements = 16384;

    /// <summary>
    /// Each part reads all indices, which pays where there is more to add than to read; and strips of columns must be long, or filling them
    /// with zeros costs more than it saves.
    /// </summary>
    private const long FewColumns = 8, StripBytes = 1024;

    private static readonly long Line = 64 / sizeof(T);

    private struct State
    {
        public IndexedSizes Sizes;
        public T* Source, Target;
        public int* Positions;
        public long GroupsPerChunk, Parts, Rows, Columns;
    }

    public void Run(nint* slots, Workers workers)
    {
        lock (workers.Exclusive)
        {
            var state = new State { Sizes = sizes, Source = (T*)slots[source], Target = (T*)slots[target], Positions = indices.Of((T*)slots[index], workers) };
            var work = (sizes.Indices + sizes.Length) * sizes.Inner;
            if (sizes.Length * sizes.Inner * sizes.Groups == 0) return;
            state.GroupsPerChunk = Math.Max(1, ChunkElements / work);
            (state.Parts, state.Rows, state.Columns) = (1, sizes.Length, sizes.Inner);
            var wanted = Math.Min(Parts(workers.Threads, sizes.Groups), work / ChunkElements);
            if (wanted > 1 && sizes.Inner >= FewColumns)
            {
                if (sizes.Inner * sizeof(T) >= wanted * StripBytes) state.Columns = Parts(sizes.Inner, wanted * Line) * Line;
                else state.Rows = Parts(sizes.Length, wanted);
                state.Parts = Math.Max(Parts(sizes.Inner, state.Columns), Parts(sizes.Length, state.Rows));
            }
            workers.Run(checked((int)(Parts(sizes.Groups, state.GroupsPerChunk) * state.Parts)), &Chunk, &state);
        }
    }

    private static long Parts(long whole, long size) => (whole + size - 1) / size;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chunk(void* job, int chunk, int worker)
    {
        var state = (State*)job;
        var (part, first) = (chunk % state->Parts, chunk / state->Parts * state->GroupsPerChunk);
        var end = Math.Min(first + state->GroupsPerChunk, state->Sizes.Groups);
        var byColumns = state->Columns < state->Sizes.Inner;
        var row = byColumns ? 0 : part * state->Rows;
        var column = byColumns ? part * state->Columns : 0;
        var rows = Math.Min(state->Rows, state->Sizes.Length - row);
        var columns = Math.Min(state->Columns, state->Sizes.Inner - column);
        for (var group = first; group < end; group++) Group(state, group, row, rows, column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Group(State* state, long group, long row, long rows, long column, long columns)
    {
        var (count, inner) = (state->Sizes.Indices, state->Sizes.Inner);
        var positions = state->Positions + group / state->Sizes.Outer * count;
        var from = state->Source + group * count * inner + column;
        var to = state->Target + (group * state->Sizes.Length + row) * inner + column;
        if (columns == inner) Movement<V, T>.Fill(to, rows * inner, T.Zero);
        else
            for (var r = 0L; r < rows; r++) Movement<V, T>.Fill(to + r * inner, columns, T.Zero);
        for (var i = 0L; i < count; i++, from += inner)
        {
            var at = positions[i] - row;
            if ((ulong)at >= (ulong)rows) continue;
            if (inner == 1) to[at] += *from;
            else Add(to + at * inner, from, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* to, T* from, long n)
    {
        var j = 0L;
        for (; j + V.Count <= n; j += V.Count) (V.Load(to + j) + V.Load(from + j)).Store(to + j);
        for (; j < n; j++) to[j] += from[j];
    }
}
