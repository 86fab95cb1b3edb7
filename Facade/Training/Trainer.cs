using System.Collections.Immutable;
using System.Diagnostics;
using AutoDiffAE.Data;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// Lowers the loss of a task, batch by batch and epoch by epoch. All chance comes from the seed through keys, so that an epoch's order
/// and its transforms do not depend on those before it.
/// </summary>
public sealed class Trainer
{
    private readonly TrainingTask _task;
    private readonly TrainingOptions _options;
    private readonly LossOver _step, _error;
    private readonly Key _order, _transform;

    /// <summary>Draws initial parameters and compiles the step and the validation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is less than 1, or a rate is none.</exception>
    public Trainer(TrainingTask task, Optimizer optimizer, TrainingOptions options, IBackend? backend = null)
    {
        (_task, _options) = (task, options.Checked());
        var key = new Key(options.Seed);
        (_order, _transform) = (key.Fold("order"), key.Fold("transform"));
        foreach (var parameter in task.Parameters) Store[parameter.Variable] = parameter.Initial<float>(key.Fold("initial"));
        Recurrence = optimizer.Of(task.Loss, task.Learned);
        Recurrence.Initialize(Store);
        _step = new(Compiler.Compile(new Computation(task.Inputs, [task.Loss], [.. Recurrence.Updates, .. task.Updates]), Store, backend), task.Inputs, backend?.StepsBetweenReads ?? 1);
        _error = new(Compiler.Compile(new Computation(task.Inputs, [task.ValidationLoss]), Store, backend), task.Inputs);
    }

    /// <summary>The values of the parameters and of the optimizer's variables, shared with whatever else is compiled on it.</summary>
    public Store<float> Store { get; } = new();

    public Recurrence Recurrence { get; }

    /// <summary>Trains. At the end the store has the best parameters, not the last.</summary>
    /// <param name="train">For each input its values, with the examples along the first axis.</param>
    /// <param name="validation">Likewise.</param>
    /// <param name="improved">Told each time the validation error is the smallest so far.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    public TrainingResult Fit(
        ImmutableArray<Examples> train,
        ImmutableArray<Examples> validation,
        ITrainingView? view = null,
        Action<Snapshot>? improved = null,
        CancellationToken cancellation = default)
    {
        var (history, best) = (History.Empty, (Snapshot?)null);
        void Keep(Snapshot snapshot)
        {
            best = snapshot;
            improved?.Invoke(snapshot);
        }
        TrainingEnd? end = null;
        for (var epoch = 1; end is null && epoch <= _options.Epochs; epoch++)
        {
            var (record, stop) = Epoch(epoch, train, validation, view ?? new Silent(), cancellation);
            if (record is { } done)
            {
                history = history.Add(done);
                var improves = best is null || done.ValidationError < best.ValidationError;
                if (improves) Keep(Snapshot.Of(epoch, done.ValidationError, _task.Parameters, Store));
                view?.Completed(done, improves);
            }
            end = stop;
        }
        if (end is TrainingEnd.Cancelled && best is null)
            Keep(Snapshot.Of(1, Error(validation), _task.Parameters, Store));
        best?.Restore(_task.Parameters, Store);
        return new(history, best, end ?? new TrainingEnd.Completed());
    }

    /// <summary>The mean loss of examples, as after training.</summary>
    public double Error(ImmutableArray<Examples> data)
    {
        var (order, size) = (Enumerable.Range(0, Batches.Length(data)).ToArray(), _options.BatchSize);
        return Enumerable.Range(0, Batches.Count(order.Length, size)).Sum(batch =>
        {
            var positions = Positions(order, batch);
            return (double)_error.Of(data, positions) * positions.Length;
        }) / order.Length;
    }

    private (EpochRecord? Record, TrainingEnd? End) Epoch(
        int epoch,
        ImmutableArray<Examples> train,
        ImmutableArray<Examples> validation,
        ITrainingView view,
        CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var (examples, size) = (Batches.Length(train), _options.BatchSize);
        var batches = Batches.Count(examples, size);
        var order = Batches.Order(_order, epoch, examples);
        return view.During(epoch, batches, progress =>
        {
            var (sum, read) = (0.0, 0);
            for (var batch = 0; batch < batches; batch++)
            {
                var cancelled = cancellation.IsCancellationRequested;
                if (!cancelled) _step.Start(train, Positions(order, batch), Transform(epoch, batch));
                if (!cancelled && !_step.IsFull && batch + 1 < batches) continue;
                foreach (var loss in _step.Read())
                {
                    if (!float.IsFinite(loss)) return ((EpochRecord?)null, (TrainingEnd?)new TrainingEnd.Diverged(epoch, read + 1, loss));
                    sum += (double)loss * Positions(order, read++).Length;
                }
                if (cancelled) return (null, new TrainingEnd.Cancelled());
                progress(read, sum / Math.Min(read * size, examples));
            }
            var error = Error(validation);
            return double.IsFinite(error)
                ? (new EpochRecord(epoch, sum / examples, error, clock.Elapsed.TotalSeconds), null)
                : (null, new TrainingEnd.Diverged(epoch, 0, error));
        });
    }

    private ReadOnlySpan<int> Positions(int[] order, int batch) =>
        order.AsSpan(batch * _options.BatchSize, Math.Min(_options.BatchSize, order.Length - batch * _options.BatchSize));

    private Action<Buffer<float>, Buffer<float>>? Transform(int epoch, int batch) => _options.Transform is { } transform
        ? (values, result) => transform(_transform.Fold((ulong)epoch).Fold((ulong)batch), values, result)
        : null;
}
