using System.Collections.Immutable;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// What a training needs to go on after some epoch as if it had never stopped: orders and transforms are functions of the seed and the epoch, so that
/// nothing else is left to know.
/// </summary>
/// <param name="Parameters">Of all layers, by name, as the epoch left them.</param>
/// <param name="State">The optimizer's variables, by name.</param>
/// <param name="History">The epochs so far, the last of which is this one.</param>
/// <param name="Best">The parameters of the best epoch so far.</param>
public sealed record TrainingCheckpoint(ImmutableDictionary<string, Tensor<float>> Parameters, ImmutableDictionary<string, Tensor<float>> State, History History, Snapshot Best)
{
    /// <summary>The epoch that is over, counted from 1.</summary>
    public int Epoch => History.Epochs[^1].Epoch;

    internal static TrainingCheckpoint Of(History history, Snapshot best, IEnumerable<Parameter> parameters, Recurrence recurrence, Store<float> store) => new(
        parameters.ToImmutableDictionary(p => p.Name, p => store[p.Variable]),
        recurrence.State.ToImmutableDictionary(s => s.Name, s => store[s.Variable]),
        history,
        best);

    internal void Restore(IEnumerable<Parameter> parameters, Recurrence recurrence, Store<float> store)
    {
        foreach (var parameter in parameters) store[parameter.Variable] = Parameters[parameter.Name];
        foreach (var state in recurrence.State) store[state.Variable] = State[state.Name];
    }
}
