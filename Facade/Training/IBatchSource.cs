using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// Batches of examples in buffers, of which there is one set for each length of a batch (there are two: the full one and the last), so that a batch
/// allocates nothing.
/// </summary>
internal interface IBatchSource
{
    /// <summary>Batches in order of their positions, as often as asked for.</summary>
    /// <param name="order">A position for each example.</param>
    /// <param name="key">Of the transforms, folded with the number of the batch.</param>
    void Begin(int[] order, Key key);

    /// <summary>The next batch, whose buffers are filled again by the one after.</summary>
    Buffer<float>[] Next();

    /// <summary>On the device where it has a memory of its own and there is room, else on the host.</summary>
    static IBatchSource Of(ImmutableArray<Examples> data, int size, BatchTransform? transform, IBackend? backend, bool ahead = false) =>
        backend is not null && ResidentBatches.Fit(data, transform, backend) ? new ResidentBatches(data, size, transform?.Chosen, backend) : new HostBatches(data, size, transform, ahead);
}
