using AutoDiffAE.Reports;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary>Writes the history after each epoch, so that a run that is killed leaves one.</summary>
internal sealed class RecordedTraining(ITrainingView view, string path, History before) : ITrainingView
{
    private History _history = before;

    public R During<R>(int epoch, int batches, Func<Action<int, double>, R> work) => view.During(epoch, batches, work);

    public void Completed(EpochRecord epoch, bool best)
    {
        _history = _history.Add(epoch);
        _history.Write(path);
        view.Completed(epoch, best);
    }
}
