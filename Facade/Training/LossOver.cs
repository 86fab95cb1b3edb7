using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// A compiled function of batches to one loss, with the buffers that it reads and fills. A buffer is kept for each length of a batch
/// (there are two: the full one and the last), so that a step itself allocates nothing. Losses are read when they are asked for: a device may run
/// some steps ahead of the host until then.
/// </summary>
/// <param name="ahead">How many losses may wait to be read.</param>
internal sealed class LossOver(Function<float> function, ImmutableArray<Expr> inputs, int ahead = 1)
{
    private readonly Dictionary<int, Buffers> _buffers = [];
    private readonly Buffer<float>[][] _losses = [.. Enumerable.Range(0, ahead).Select(_ => new[] { new Buffer<float>() })];
    private int _waiting;

    /// <param name="Plain">The first input before its transform.</param>
    private sealed record Buffers(Buffer<float>[] Inputs, Lazy<Buffer<float>> Plain);

    /// <summary>Whether the losses have to be read before the next step.</summary>
    public bool IsFull => _waiting == _losses.Length;

    /// <summary>One loss, at once.</summary>
    public float Of(ImmutableArray<Examples> data, ReadOnlySpan<int> positions)
    {
        Start(data, positions);
        return Read().Single();
    }

    /// <summary>The losses since the last time, in their order.</summary>
    public IReadOnlyList<float> Read()
    {
        var losses = _losses[.._waiting].Select(l => l[0].Values[0]).ToList();
        _waiting = 0;
        return losses;
    }

    /// <summary>Starts a step; its loss waits.</summary>
    public void Start(ImmutableArray<Examples> data, ReadOnlySpan<int> positions, Action<Buffer<float>, Buffer<float>>? transform = null)
    {
        var (buffers, plain) = BuffersFor(data, positions.Length);
        for (var i = 0; i < buffers.Length; i++)
            Batches.Gather(data[i], positions, i == 0 && transform is not null ? plain.Value.Span : buffers[i].Span);
        transform?.Invoke(plain.Value, buffers[0]);
        function.Invoke(buffers, _losses[_waiting++]);
    }

    private Buffers BuffersFor(ImmutableArray<Examples> data, int length)
    {
        Buffer<float> BufferOf(int input) => new([length, .. data[input].Sizes[1..]]);
        return _buffers.TryGetValue(length, out var known)
            ? known
            : _buffers[length] = new([.. inputs.Select((_, i) => BufferOf(i))], new(() => BufferOf(0)));
    }
}
