using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Layers;
using AutoDiffAE.Objectives;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Autoencoders;

/// <summary>What an autoencoder has to learn: to give back its input, and what its variant asks for besides. It is judged by what it gives back.</summary>
public static class AutoencoderTask
{
    private const string Counter = "contraction";

    public static TrainingTask Of(ConvolutionalAutoencoder options, Network network, Key key = default) => options.Variant switch
    {
        Variant.Sparse { Weight: var weight } => Penalised(network, ConvolutionalAutoencoder.CodeLayer, key, (codes, _) => (weight * codes.Abs().Mean(), [], [])),
        Variant.Contractive { Weight: var weight } => Penalised(network, ConvolutionalAutoencoder.CodeLayer, key, (codes, x) =>
        {
            var step = Parameter.Of(Counter, "step", [], Init.Constant(0), Parameter.Statistic);
            return (weight * JacobianNorm.Of(codes, x, key.Fold(Counter), step.Variable), [step], [new(step.Variable, Formulas.Remainder(step.Variable + 1, 1 << 24))]);
        }),
        // Of the squared error's mean over pixels, where the evidence has half of its sum.
        Variant.Variational { Weight: var weight } => Penalised(network, ConvolutionalAutoencoder.StatisticsLayer, key,
            (statistics, _) => (2 * weight / options.Pixels * Sampled.Divergence(statistics), [], [])),
        _ => TrainingTask.Reconstruction(network, key: key),
    };

    private static TrainingTask Penalised(
        Network network, string layer, Key key, Func<Expr, Expr, (Expr Penalty, ImmutableArray<Parameter> Parameters, ImmutableArray<Update> Updates)> penalty)
    {
        var both = network.Between(["input"], [layer, "output"]);
        var x = both.Input;
        var target = x.Reshape(network.OutputShape);
        var (values, updates) = both.Apply(Mode.Training, key, [x]);
        var (more, parameters, follow) = penalty(values[0], x);
        return new(
            [x],
            (Losses.SquaredError(values[1], target) + more).Named("loss"),
            Losses.SquaredError(both.Outputs[1], target),
            [.. network.Parameters, .. parameters],
            [.. updates, .. follow]);
    }
}
