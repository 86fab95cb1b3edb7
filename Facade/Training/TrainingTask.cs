using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Objectives;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>What is to be learned: any loss of any inputs and parameters.</summary>
/// <param name="Inputs">Variables whose first axis counts the examples.</param>
/// <param name="Loss">A mean over the examples, as it is in training.</param>
/// <param name="ValidationLoss">The same after training: without noise.</param>
/// <param name="Parameters">Of all layers, statistics too.</param>
/// <param name="Updates">What layers keep of each batch.</param>
public sealed record TrainingTask(ImmutableArray<Expr> Inputs, Expr Loss, Expr ValidationLoss, ImmutableArray<Parameter> Parameters, ImmutableArray<Update> Updates)
{
    /// <summary>The variables that an optimizer changes.</summary>
    public ImmutableArray<Expr> Learned => [.. Parameters.Where(p => p.IsLearned).Select(p => p.Variable)];

    /// <summary>A network that has to give back its input, in the shape of its output.</summary>
    /// <exception cref="Shapes.ShapeException">The output has another number of elements than the input.</exception>
    public static TrainingTask Reconstruction(Network network, Objective? objective = null, Key key = default) =>
        Of(network, network.Input.Reshape(network.OutputShape), [network.Input], objective, key);

    /// <summary>A network that has to give targets (n, …) of its output's shape: the second input.</summary>
    public static TrainingTask Prediction(Network network, Objective? objective = null, Key key = default)
    {
        var target = Expr.Variable("target", network.OutputShape);
        return Of(network, target, [network.Input, target], objective, key);
    }

    private static TrainingTask Of(Network network, Expr target, ImmutableArray<Expr> inputs, Objective? objective, Key key)
    {
        var loss = objective ?? Losses.SquaredError;
        var (trained, updates) = network.Apply(Mode.Training, key, network.Input);
        return new(inputs, loss(trained, target), loss(network.Output, target), network.Parameters, updates);
    }
}
