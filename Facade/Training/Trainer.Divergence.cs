using AutoDiffAE.Tensors;
using AutoDiffAE.Tracing;

namespace AutoDiffAE.Training;

public sealed partial class Trainer
{
    /// <summary>
    /// Runs the step again whose loss was no finite number, with the parameters before it. They are there still where each loss is read before the next step.
    /// Where a device was some steps ahead, or where a parameter was not finite before the step already, the training is run again from where it began, a
    /// step at a time, up to the first step that leaves such a parameter.
    /// </summary>
    private Divergence Traced(TrainingEnd.Diverged end, int examples, IBatchSource train, int judgedExamples, IBatchSource judged, TrainingCheckpoint? from, CancellationToken cancellation)
    {
        if ((end.Batch == 0 || (_step.IsInStep && _step.Function.Undo())) && ParametersAreFinite())
        {
            var trace = end.Batch > 0 ? _step.Function.TraceNonFinite(Batch(train, end.Epoch, examples, end.Batch)) : OfValidation(judged, judgedExamples);
            if (trace is not null) return new(end.Epoch, end.Batch, false, trace);
        }
        return FromTheBeginning(end, examples, train, from, cancellation);
    }

    private Divergence FromTheBeginning(TrainingEnd.Diverged end, int examples, IBatchSource train, TrainingCheckpoint? from, CancellationToken cancellation)
    {
        var batches = Batches.Count(examples, _options.BatchSize);
        if (from is null) Initialize();
        else from.Restore(_task.Parameters, Recurrence, Store);
        for (var epoch = (from?.Epoch ?? 0) + 1; epoch <= end.Epoch; epoch++)
        {
            train.Begin(Batches.Order(_order, epoch, examples), _transform.Fold((ulong)epoch));
            for (var batch = 1; batch <= (epoch == end.Epoch && end.Batch > 0 ? end.Batch : batches) && !cancellation.IsCancellationRequested; batch++)
            {
                var values = train.Next();
                _step.Start(values);
                if (_step.Read().All(float.IsFinite) && ParametersAreFinite()) continue;
                _step.Function.Undo();
                return new(epoch, batch, true, _step.Function.TraceNonFinite(values));
            }
        }
        return new(end.Epoch, end.Batch, true, null);
    }

    private Buffer<float>[] Batch(IBatchSource train, int epoch, int examples, int batch)
    {
        train.Begin(Batches.Order(_order, epoch, examples), _transform.Fold((ulong)epoch));
        for (var before = 1; before < batch; before++) train.Next();
        return train.Next();
    }

    private NonFiniteTrace? OfValidation(IBatchSource judged, int examples)
    {
        judged.Begin([.. Enumerable.Range(0, examples)], default);
        for (var batch = 0; batch < Batches.Count(examples, _options.BatchSize); batch++)
        {
            var values = judged.Next();
            _error.Start(values);
            if (!_error.Read().All(float.IsFinite)) return _error.Function.TraceNonFinite(values);
        }
        return null;
    }

    private bool ParametersAreFinite() => Store.Variables.All(v => System.Numerics.Tensors.TensorPrimitives.IsFiniteAll(Store[v].Span));
}
