namespace AutoDiffAE.Training;

/// <summary>How long, in which batches and from which seed a network is trained.</summary>
/// <param name="Seed">Of the initial weights, the order of the examples and the batch transform.</param>
/// <param name="Transform">What is done to the first input of each training batch.</param>
/// <param name="Patience">After how many epochs without a smaller validation error the training stops; null for never.</param>
/// <param name="Prefetch">Whether another thread reads and transforms a batch while the one before is worked on: for examples that are read from a disk or are slow to transform. Of a file that is in the memory already it makes no difference.</param>
/// <param name="TraceNonFinite">Whether a loss that diverges is traced to the operation that made the first number that is not finite. Nothing is kept for it while all goes well.</param>
public sealed record TrainingOptions(int Epochs = 20, int BatchSize = 128, ulong Seed = 1, BatchTransform? Transform = null, int? Patience = null, bool Prefetch = false, bool TraceNonFinite = false)
{
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    internal TrainingOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience ?? 1, 1, nameof(Patience));
        return this;
    }
}
