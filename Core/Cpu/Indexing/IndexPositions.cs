using System.Globalization;
using System.Numerics;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cpu;

/// <summary>Indices as positions from 0 on, all of them checked before any is used.</summary>
/// <param name="operation">The operation that reads them, for messages.</param>
/// <param name="sizes">The sizes of the indices.</param>
/// <param name="axis">The axis along which they point.</param>
/// <param name="length">Its length.</param>
/// <param name="provenance">The expression that is computed.</param>
internal sealed unsafe class IndexPositions<T>(string operation, int[] sizes, int axis, int length, string provenance)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PerChunk = 8192;

    private readonly Tensors.Buffer<int> _positions = new(sizes);

    private struct State
    {
        public T* Indices;
        public int* Positions;
        public int Count, Length;
        public long Wrong;
    }

    /// <summary>The positions, valid until the next call.</summary>
    /// <exception cref="IndexException">An index is out of range or no whole number; the first such is named.</exception>
    public int* Of(T* indices, Workers workers)
    {
        var state = new State { Indices = indices, Positions = _positions.Pointer, Count = _positions.Length, Length = length, Wrong = long.MaxValue };
        workers.Run((_positions.Length + PerChunk - 1) / PerChunk, &Chunk, &state);
        return state.Wrong == long.MaxValue ? state.Positions : throw Refuse(state.Wrong, indices[state.Wrong]);
    }

    private static void Chunk(void* job, int chunk, int worker)
    {
        var state = (State*)job;
        var from = state->Indices;
        var to = state->Positions;
        var n = state->Length;
        var (low, high) = (T.CreateTruncating(-n), T.CreateTruncating(n));
        var end = Math.Min((chunk + 1L) * PerChunk, state->Count);
        for (var i = (long)chunk * PerChunk; i < end; i++)
        {
            var index = from[i];
            var position = index >= low && index < high ? int.CreateTruncating(index) : int.MaxValue;
            if (T.CreateTruncating(position) != index)
            {
                Least(ref state->Wrong, i);
                return;
            }
            to[i] = position < 0 ? position + n : position;
        }
    }

    // Whoever is first to find a wrong index, the first one in the array is named.
    private static void Least(ref long least, long value)
    {
        for (var seen = Volatile.Read(ref least); value < seen;)
        {
            var before = Interlocked.CompareExchange(ref least, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    private IndexException Refuse(long at, T index)
    {
        var position = new long[sizes.Length];
        for (var i = sizes.Length - 1; i >= 0; at /= sizes[i--]) position[i] = at % sizes[i];
        var range = length == 0 ? "which is empty" : $"which has positions 0 to {length - 1}, or {-length} to -1 from its end";
        return new(string.Create(CultureInfo.InvariantCulture,
            $"{operation}: the index {index} at ({string.Join(", ", position)}) is no position of axis {axis} of length {length}, {range}; in {provenance}"));
    }
}
