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
    private readonly Dictionary<int, Buffer<float>[]> _buffers = [];
    private readonly Buffer<float>[] _loss = [new Buffer<float>()];

    public float Of(ImmutableArray<Examples> data, ReadOnlySpan<int> positions, Func<Tensor<float>, Tensor<float>>? transform = null)
    {
        var buffers = BuffersFor(data, positions.Length);
        for (var i = 0; i < buffers.Length; i++) Batches.Gather(data[i], positions, buffers[i].Span);
        if (transform is not null) transform(buffers[0].ToTensor()).Span.CopyTo(buffers[0].Span);
        function.Invoke(buffers, _loss);
        return _loss[0].Span[0];
    }

    private Buffer<float>[] BuffersFor(ImmutableArray<Examples> data, int length) => _buffers.TryGetValue(length, out var known)
        ? known
        : _buffers[length] = [.. inputs.Select((_, i) => new Buffer<float>([length, .. data[i].Sizes[1..]]))];
}
