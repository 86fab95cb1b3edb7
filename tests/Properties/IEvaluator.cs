using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>A way to find the values of a graph: all ways must agree.</summary>
public interface IEvaluator
{
    /// <summary>A function from values of the variables, in their order, to values of the outputs.</summary>
    /// <exception cref="KeyNotFoundException">An output depends on another variable.</exception>
    Func<IReadOnlyList<Tensor<double>>, ImmutableArray<Tensor<double>>> Prepare(IReadOnlyList<Expr> outputs, IReadOnlyList<Expr> variables);
}

/// <summary>Values of graphs, once.</summary>
public static class Evaluation
{
    /// <summary>The values of the outputs at values of all their variables.</summary>
    public static ImmutableArray<Tensor<double>> Evaluate(
        this IEvaluator evaluator, IReadOnlyList<Expr> outputs, IReadOnlyList<(Expr Variable, Tensor<double> Value)> inputs) =>
        evaluator.Prepare(outputs, [.. inputs.Select(i => i.Variable)])([.. inputs.Select(i => i.Value)]);
}
