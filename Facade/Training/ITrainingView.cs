using AutoDiffAE.Reports;

namespace AutoDiffAE.Training;

/// <summary>Where a training is watched.</summary>
public interface ITrainingView
{
    /// <summary>Runs an epoch and shows how far it is: the work tells each batch that is done, and the mean error so far.</summary>
    R During<R>(int epoch, int batches, Func<Action<int, double>, R> work);

    /// <summary>An epoch is over.</summary>
    /// <param name="best">Its validation error is the smallest so far.</param>
    void Completed(EpochRecord epoch, bool best);
}
