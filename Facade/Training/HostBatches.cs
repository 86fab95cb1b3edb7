using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>Batches gathered from examples in the host's memory, or read from a file.</summary>
/// <param name="ahead">Whether another thread makes a batch while the one before is worked on.</param>
internal sealed class HostBatches(ImmutableArray<Examples> data, int size, BatchTransform? transform, bool ahead = false) : IBatchSource
{
    private readonly Dictionary<(int Length, int Turn), Buffers> _buffers = [];
    private int[] _order = [];
    private Key _key;
    private int _batch;
    private Task<Buffer<float>[]>? _coming;

    /// <param name="Plain">The first input before its transform.</param>
    private sealed record Buffers(Buffer<float>[] Inputs, Lazy<Buffer<float>> Plain);

    public void Begin(int[] order, Key key)
    {
        _coming?.Wait();
        (_order, _key, _batch, _coming) = (order, key, 0, null);
    }

    public Buffer<float>[] Next()
    {
        if (!ahead) return Made(_batch++);
        var made = (_coming ?? Making(_batch)).GetAwaiter().GetResult();
        _batch++;
        _coming = _batch < Batches.Count(_order.Length, size) ? Making(_batch) : null;
        return made;
    }

    private Task<Buffer<float>[]> Making(int batch) => Task.Run(() => Made(batch));

    private Buffer<float>[] Made(int batch)
    {
        var positions = Batches.Of(_order, batch, size);
        var (buffers, plain) = BuffersFor(positions.Length, ahead ? batch % 2 : 0);
        for (var i = 0; i < buffers.Length; i++)
            Batches.Gather(data[i], positions, i == 0 && transform is not null ? plain.Value.Span : buffers[i].Span);
        transform?.Copy(_key.Fold((ulong)batch), plain.Value, buffers[0]);
        return buffers;
    }

    /// <summary>In turn, so that one is filled while the other is read.</summary>
    private Buffers BuffersFor(int length, int turn)
    {
        Buffer<float> BufferOf(int input) => new([length, .. data[input].Sizes[1..]]);
        return _buffers.TryGetValue((length, turn), out var known)
            ? known
            : _buffers[(length, turn)] = new([.. data.Select((_, i) => BufferOf(i))], new(() => BufferOf(0)));
    }
}
