using System.Globalization;
using System.Numerics;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>Uniform numbers of a key folded with the step that is read, a chunk of the stream a job.</summary>
internal sealed unsafe class UniformStep<T>(ulong key, long length, int step, int target) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkLength = 1 << 14;

    private struct State
    {
        public Key Key;
        public T* Target;
        public long Length;
    }

    /// <exception cref="ArgumentException">The step is not a whole number of 0 or more.</exception>
    public void Run(nint* slots, Workers workers)
    {
        var count = double.CreateChecked(*(T*)slots[step]);
        if (!(count >= 0 && count < 1L << 53 && double.IsInteger(count)))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"uniform: the step is {count:R}, but must be a whole number of 0 or more"));
        var state = new State { Key = new Key(key).Fold((ulong)count), Target = (T*)slots[target], Length = length };
        workers.Run((int)((length + ChunkLength - 1) / ChunkLength), &Chunk, &state);
    }

    private static void Chunk(void* argument, int chunk, int worker)
    {
        var state = (State*)argument;
        var start = (long)chunk * ChunkLength;
        var span = new Span<T>(state->Target + start, (int)Math.Min(ChunkLength, state->Length - start));
        PhiloxLanes.Uniform(state->Key, span, (ulong)start);
    }
}
