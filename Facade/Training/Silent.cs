using AutoDiffAE.Reports;

namespace AutoDiffAE.Training;

/// <summary>Nobody watches.</summary>
public sealed class Silent : ITrainingView
{
    public R During<R>(int epoch, int batches, Func<Action<int, double>, R> work) => work((_, _) => { });

    public void Completed(EpochRecord epoch, bool best) { }
}
