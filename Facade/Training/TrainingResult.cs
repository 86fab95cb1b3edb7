using AutoDiffAE.Reports;

namespace AutoDiffAE.Training;

/// <summary>How a training ended.</summary>
public abstract record TrainingEnd
{
    private protected TrainingEnd() { }

    /// <summary>All epochs were done.</summary>
    public sealed record Completed : TrainingEnd;

    /// <summary>The validation error had not fallen for as many epochs as the training is patient.</summary>
    public sealed record Patient(int Epochs) : TrainingEnd;

    /// <summary>It was asked to stop.</summary>
    public sealed record Cancelled : TrainingEnd;

    /// <summary>The loss was no finite number.</summary>
    /// <param name="Batch">Counted from 1; 0 for the validation after the epoch.</param>
    public sealed record Diverged(int Epoch, int Batch, double Loss) : TrainingEnd
    {
        /// <summary>Where it began, where that was asked for.</summary>
        public Divergence? Traced { get; init; }
    }
}

/// <summary>What a training left: its history, the best parameters, and how it ended.</summary>
/// <param name="Best">With the smallest validation error; nothing when the loss diverged in the first epoch.</param>
public sealed record TrainingResult(History History, Snapshot? Best, TrainingEnd End);
