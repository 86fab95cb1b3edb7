using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>Batches gathered from examples in the host's memory.</summary>
internal sealed class HostBatches(ImmutableArray<Examples> data, int size, BatchTransform? transform) : IBatchSource
{
    private readonly Dictionary<int, Buffers> _buffers = [];
    private int[] _order = [];
    private Key _key;
    private int _batch;

    /// <param name="Plain">The first input before its transform.</param>
    private sealed record Buffers(Buffer<float>[] Inputs, Lazy<Buffer<float>> Plain);

    public void Begin(int[] order, Key key) => (_order, _key, _batch) = (order, key, 0);

    public Buffer<float>[] Next()
    {
        var positions = Batches.Of(_order, _batch, size);
        var (buffers, plain) = BuffersFor(positions.Length);
        for (var i = 0; i < buffers.Length; i++)
            Batches.Gather(data[i], positions, i == 0 && transform is not null ? plain.Value.Span : buffers[i].Span);
        transform?.Copy(_key.Fold((ulong)_batch), plain.Value, buffers[0]);
        _batch++;
        return buffers;
    }

    private Buffers BuffersFor(int length)
    {
        Buffer<float> BufferOf(int input) => new([length, .. data[input].Sizes[1..]]);
        return _buffers.TryGetValue(length, out var known)
            ? known
            : _buffers[length] = new([.. data.Select((_, i) => BufferOf(i))], new(() => BufferOf(0)));
    }
}
