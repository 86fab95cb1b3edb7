using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// A compiled function of batches to one loss, with the buffers that it reads and fills. A buffer is kept for each length of a batch
/// (there are two: the full one and the last), so that a step itself allocates nothing.
/// </summary>
internal sealed class LossOver(Function<float> function, ImmutableArray<Expr> inputs)
{
    private readonly Dictionary<int, Buffers> _buffers = [];
    private readonly Buffer<float>[] _loss = [new Buffer<float>()];

    /// <param name="Plain">The first input before its transform.</param>
    private sealed record Buffers(Buffer<float>[] Inputs, Lazy<Buffer<float>> Plain);

    public float Of(ImmutableArray<Examples> data, ReadOnlySpan<int> positions, Action<Buffer<float>, Buffer<float>>? transform = null)
    {
        var (buffers, plain) = BuffersFor(data, positions.Length);
        for (var i = 0; i < buffers.Length; i++)
            Batches.Gather(data[i], positions, i == 0 && transform is not null ? plain.Value.Span : buffers[i].Span);
        transform?.Invoke(plain.Value, buffers[0]);
        function.Invoke(buffers, _loss);
        return _loss[0].Span[0];
    }

    private Buffers BuffersFor(ImmutableArray<Examples> data, int length)
    {
        Buffer<float> BufferOf(int input) => new([length, .. data[input].Sizes[1..]]);
        return _buffers.TryGetValue(length, out var known)
            ? known
            : _buffers[length] = new([.. inputs.Select((_, i) => BufferOf(i))], new(() => BufferOf(0)));
    }
}
