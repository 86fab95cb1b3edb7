using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>The positions that sort each line along an axis, bound to sizes.</summary>
internal sealed unsafe class SortStep<T>(int[] sizes, int axis, int source, int target) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkElements = 4096;

    private readonly IndexedSizes _sizes = IndexedSizes.Of(sizes, [], 0, axis);

    private struct State
    {
        public IndexedSizes Sizes;
        public T* Source, Target;
        public void** Scratch;
        public long Lines, LinesPerChunk;
    }

    public void Run(nint* slots, Workers workers)
    {
        var n = _sizes.Length;
        if (n == 0) return;
        lock (workers.Exclusive)
        {
            var state = new State
            {
                Sizes = _sizes,
                Source = (T*)slots[source],
                Target = (T*)slots[target],
                Scratch = workers.Reserve((nuint)(2 * n * sizeof(SortKey))),
                Lines = _sizes.Outer * _sizes.Inner,
                LinesPerChunk = Math.Max(1, ChunkElements / n),
            };
            workers.Run(checked((int)((state.Lines + state.LinesPerChunk - 1) / state.LinesPerChunk)), &Chunk, &state);
        }
    }

    private static void Chunk(void* job, int chunk, int worker)
    {
        var state = (State*)job;
        var (n, stride) = ((int)state->Sizes.Length, state->Sizes.Inner);
        var keys = (SortKey*)state->Scratch[worker];
        var end = Math.Min((chunk + 1) * state->LinesPerChunk, state->Lines);
        for (var line = chunk * state->LinesPerChunk; line < end; line++)
        {
            var offset = line / stride * n * stride + line % stride;
            var from = state->Source + offset;
            var to = state->Target + offset;
            for (var i = 0; i < n; i++) keys[i] = SortKey.Of(from[i * stride], i);
            var sorted = Sorting.Stable(keys, keys + n, n, sizeof(T));
            for (var i = 0; i < n; i++) to[i * stride] = T.CreateTruncating(sorted[i].Position);
        }
    }
}
