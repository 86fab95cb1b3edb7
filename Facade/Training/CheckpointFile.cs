using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>Checkpoints in .npz files: parameters as <c>now/NAME</c> and <c>best/NAME</c>, the optimizer's variables as <c>state/NAME</c>, and the history as text.</summary>
public static class CheckpointFile
{
    private const string Now = "now/", Best = "best/", State = "state/", HistoryEntry = "history", BestEpoch = "best_epoch";

    /// <exception cref="DataException">The file cannot be written; the one before is left as it was.</exception>
    public static void Write(string path, TrainingCheckpoint checkpoint) => Npz.Write(path,
    [
        .. Named(Now, checkpoint.Parameters),
        .. Named(Best, checkpoint.Best.Values),
        .. Named(State, checkpoint.State),
        (HistoryEntry, StoredArray.OfText(checkpoint.History.ToCsv())),
        (BestEpoch, StoredArray.Of(Tensor<double>.Of([checkpoint.Best.Epoch, checkpoint.Best.ValidationError], 2))),
    ]);

    /// <exception cref="DataException">The file is missing, damaged, or of another network or optimizer: all that does not fit is listed.</exception>
    public static TrainingCheckpoint Read(string path, IEnumerable<Parameter> parameters, Recurrence recurrence)
    {
        var file = Npz.Open(path);
        var shapes = parameters.ToDictionary(p => p.Name, p => p.Variable.Shape);
        var states = recurrence.State.ToDictionary(s => s.Name, s => s.Variable.Shape);
        var values = ParameterFile.Read(file, path, shapes.SelectMany(s => new[] { (Now + s.Key, s.Value), (Best + s.Key, s.Value) })
            .Concat(states.Select(s => (State + s.Key, s.Value))), HistoryEntry, BestEpoch);
        ImmutableDictionary<string, Tensor<float>> Under(string prefix, IEnumerable<string> names) => names.ToImmutableDictionary(n => n, n => values[prefix + n]);
        var best = file[BestEpoch].As<double>();
        var history = History.Parse(file[HistoryEntry].AsText(), path);
        return best.Length == 2 && !history.Epochs.IsEmpty
            ? new(Under(Now, shapes.Keys), Under(State, states.Keys), history, new((int)best.Span[0], best.Span[1], Under(Best, shapes.Keys)))
            : throw new DataException($"{path}: holds no epoch, a checkpoint is written after one");
    }

    private static IEnumerable<(string, StoredArray)> Named(string prefix, IReadOnlyDictionary<string, Tensor<float>> values) =>
        values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => (prefix + v.Key, StoredArray.Of(v.Value)));
}
