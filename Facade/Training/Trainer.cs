using System.Collections.Immutable;
using System.Diagnostics;
using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// Lowers the loss of a task, batch by batch and epoch by epoch. All chance comes from the seed through keys, so that an epoch's order
/// and its transforms do not depend on those before it. Where the optimizer keeps averages of the parameters (<see cref="Optimizer.Averaged"/>), these validate
/// and are kept as the best; the training itself goes on from the parameters.
/// </summary>
public sealed partial class Trainer
{
    private readonly TrainingTask _task;
    private readonly TrainingOptions _options;
    private readonly IBackend? _backend;
    private readonly IReadOnlyDictionary<string, Tensor<float>> _initial;
    private readonly LossOver _step, _error;
    private readonly Lazy<LossOver> _plain;
    private readonly ParametersToKeep _toKeep;
    private readonly Key _order, _transform;

    /// <summary>Draws initial parameters and compiles the step and the validation.</summary>
    /// <param name="initial">Values of parameters that have been learned before, by name; the others are drawn.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is less than 1, or a rate is none.</exception>
    public Trainer(TrainingTask task, Optimizer optimizer, TrainingOptions options, IBackend? backend = null, IReadOnlyDictionary<string, Tensor<float>>? initial = null)
    {
        (_task, _options, _backend, _initial) = (task, options.Checked(), backend, initial ?? ImmutableDictionary<string, Tensor<float>>.Empty);
        var key = new Key(options.Seed);
        (_order, _transform) = (key.Fold("order"), key.Fold("transform"));
        Recurrence = optimizer.Of(task.Loss, task.Learned);
        Initialize();
        LossOver Over(Computation computation) => new(Compiler.Compile(computation, Store, backend), backend?.StepsBetweenReads ?? 1);
        _step = Over(new(task.Inputs, [task.Loss], [.. Recurrence.Updates, .. task.Updates]));
        _error = Over(new(task.Inputs, [Recurrence.Averaged(task.ValidationLoss)]));
        _plain = new(() => Recurrence.Averages.IsEmpty ? _error : Over(new(task.Inputs, [task.ValidationLoss])));
        _toKeep = new(task.Parameters, Recurrence, Store, backend);
    }

    /// <summary>The values of the parameters and of the optimizer's variables, shared with whatever else is compiled on it.</summary>
    public Store<float> Store { get; } = new();

    public Recurrence Recurrence { get; }

    /// <summary>All that a checkpoint has of the task.</summary>
    public ImmutableArray<Parameter> Parameters => _task.Parameters;

    /// <summary>Trains. At the end the store has the best parameters, not the last.</summary>
    /// <param name="train">For each input its values, with the examples along the first axis.</param>
    /// <param name="validation">Likewise.</param>
    /// <param name="improved">Told each time the validation error is the smallest so far.</param>
    /// <param name="completed">Told after each epoch, with all that is needed to go on from there.</param>
    /// <param name="from">Where another training of the same task, data and options stopped: this one goes on from there, with the same numbers.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    public TrainingResult Fit(
        ImmutableArray<Examples> train,
        ImmutableArray<Examples> validation,
        ITrainingView? view = null,
        Action<Snapshot>? improved = null,
        Action<TrainingCheckpoint>? completed = null,
        TrainingCheckpoint? from = null,
        CancellationToken cancellation = default)
    {
        from?.Restore(_task.Parameters, Recurrence, Store);
        var (history, best) = (from?.History ?? History.Empty, from?.Best);
        var (learned, judged) = (IBatchSource.Of(train, _options.BatchSize, _options.Transform, _backend, _options.Prefetch), Judged(validation));
        void Keep(Snapshot snapshot)
        {
            best = snapshot;
            improved?.Invoke(snapshot);
        }
        var end = Ending(history, best);
        for (var epoch = (from?.Epoch ?? 0) + 1; end is null && epoch <= _options.Epochs; epoch++)
        {
            var (record, stop) = Epoch(epoch, Batches.Length(train), learned, () => Error(_error, judged, Batches.Length(validation)), view ?? new Silent(), cancellation);
            if (record is { } done)
            {
                history = history.Add(done);
                var improves = best is null || done.ValidationError < best.ValidationError;
                if (improves) Keep(_toKeep.Snapshot(epoch, done.ValidationError));
                view?.Completed(done, improves);
                completed?.Invoke(TrainingCheckpoint.Of(history, best!, _task.Parameters, Recurrence, Store));
            }
            end = stop ?? Ending(history, best);
        }
        if (_options.TraceNonFinite && end is TrainingEnd.Diverged diverged)
            end = diverged with { Traced = Traced(diverged, Batches.Length(train), learned, Batches.Length(validation), judged, from, cancellation) };
        if (end is TrainingEnd.Cancelled && best is null)
            Keep(_toKeep.Snapshot(1, Error(_error, judged, Batches.Length(validation))));
        best?.Restore(_task.Parameters, Store);
        return new(history, best, end ?? new TrainingEnd.Completed());
    }

    /// <summary>Whether patience is over.</summary>
    private TrainingEnd? Ending(History history, Snapshot? best) =>
        best is not null && _options.Patience is { } patience && history.Epochs[^1].Epoch - best.Epoch >= patience ? new TrainingEnd.Patient(patience) : null;

    private void Initialize()
    {
        foreach (var parameter in _task.Parameters) Store[parameter.Variable] = _initial.GetValueOrDefault(parameter.Name) ?? parameter.Initial<float>(new Key(_options.Seed).Fold("initial"));
        Recurrence.Initialize(Store);
    }

    /// <summary>The mean loss of examples with the parameters that are in the store, as after training.</summary>
    public double Error(ImmutableArray<Examples> data) => Error(_plain.Value, Judged(data), Batches.Length(data));

    /// <summary>The losses of single steps in the order of the first epochs.</summary>
    /// <param name="before">Told the number of each step before it, counted from 0.</param>
    internal IEnumerable<double> Losses(ImmutableArray<Examples> train, int steps, Action<int> before)
    {
        var (source, count) = (IBatchSource.Of(train, _options.BatchSize, _options.Transform, _backend, _options.Prefetch), Batches.Count(Batches.Length(train), _options.BatchSize));
        for (var step = 0; step < steps; step++)
        {
            if (step % count == 0) source.Begin(Batches.Order(_order, step / count + 1, Batches.Length(train)), _transform.Fold((ulong)(step / count + 1)));
            before(step);
            _step.Start(source.Next());
            yield return _step.Read().Single();
        }
    }

    private IBatchSource Judged(ImmutableArray<Examples> data) => IBatchSource.Of(data, _options.BatchSize, null, _backend, _options.Prefetch);

    private double Error(LossOver error, IBatchSource source, int examples)
    {
        int[] order = [.. Enumerable.Range(0, examples)];
        source.Begin(order, default);
        var (sum, read, batches) = (0.0, 0, Batches.Count(examples, _options.BatchSize));
        for (var batch = 0; batch < batches; batch++)
        {
            error.Start(source.Next());
            if (!error.IsFull && batch + 1 < batches) continue;
            foreach (var loss in error.Read()) sum += (double)loss * Batches.Of(order, read++, _options.BatchSize).Length;
        }
        return sum / examples;
    }

    private (EpochRecord? Record, TrainingEnd? End) Epoch(
        int epoch,
        int examples,
        IBatchSource train,
        Func<double> validation,
        ITrainingView view,
        CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var size = _options.BatchSize;
        var batches = Batches.Count(examples, size);
        var order = Batches.Order(_order, epoch, examples);
        train.Begin(order, _transform.Fold((ulong)epoch));
        return view.During(epoch, batches, progress =>
        {
            var (sum, read) = (0.0, 0);
            for (var batch = 0; batch < batches; batch++)
            {
                var cancelled = cancellation.IsCancellationRequested;
                if (!cancelled) _step.Start(train.Next());
                if (!cancelled && !_step.IsFull && batch + 1 < batches) continue;
                foreach (var loss in _step.Read())
                {
                    if (!float.IsFinite(loss)) return ((EpochRecord?)null, (TrainingEnd?)new TrainingEnd.Diverged(epoch, read + 1, loss));
                    sum += (double)loss * Batches.Of(order, read++, size).Length;
                }
                if (cancelled) return (null, new TrainingEnd.Cancelled());
                progress(read, sum / Math.Min(read * size, examples));
            }
            var error = validation();
            return double.IsFinite(error)
                ? (new EpochRecord(epoch, sum / examples, error, clock.Elapsed.TotalSeconds), null)
                : (null, new TrainingEnd.Diverged(epoch, 0, error));
        });
    }
}
