using System.Collections.Immutable;
using AutoDiffAE.Layers;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>The parameters as they were after some epoch.</summary>
/// <param name="Epoch">Counted from 1; for a training stopped in its first epoch, 1.</param>
public sealed record Snapshot(int Epoch, double ValidationError, ImmutableDictionary<string, Tensor<float>> Values)
{
    public static Snapshot Of(int epoch, double error, IEnumerable<Parameter> parameters, Store<float> store) =>
        new(epoch, error, parameters.ToImmutableDictionary(p => p.Name, p => store[p.Variable]));

    public void Restore(IEnumerable<Parameter> parameters, Store<float> store)
    {
        foreach (var parameter in parameters) store[parameter.Variable] = Values[parameter.Name];
    }
}
