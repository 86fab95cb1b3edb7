using System.Collections.Immutable;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;

namespace AutoDiffAE.Training;

/// <summary>The parameters as they are kept when they are the best: their averages where the optimizer has some, and else themselves.</summary>
internal sealed class ParametersToKeep(ImmutableArray<Parameter> parameters, Recurrence recurrence, Store<float> store, IBackend? backend)
{
    private readonly ImmutableArray<Parameter> _averaged = [.. parameters.Where(p => recurrence.Averages.ContainsKey(p.Variable))];

    private Function<float>? _averages;

    /// <summary>As they are after some epoch.</summary>
    public Snapshot Snapshot(int epoch, double error)
    {
        var now = Training.Snapshot.Of(epoch, error, parameters, store);
        if (_averaged.IsEmpty) return now;
        _averages ??= Compiler.Compile(new Computation([], [.. _averaged.Select(p => recurrence.Averages[p.Variable])]), store, backend);
        return now with { Values = now.Values.SetItems(_averaged.Zip(_averages.Invoke(), (p, value) => KeyValuePair.Create(p.Name, value))) };
    }
}
