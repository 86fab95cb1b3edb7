using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

/// <summary>A way to find the values of a graph: all ways must agree.</summary>
public interface IEvaluator
{
    ImmutableArray<Tensor<double>> Evaluate(IReadOnlyList<Expr> outputs, IReadOnlyList<(Expr Variable, Tensor<double> Value)> inputs);
}

public sealed class Interpreted : IEvaluator
{
    public ImmutableArray<Tensor<double>> Evaluate(IReadOnlyList<Expr> outputs, IReadOnlyList<(Expr Variable, Tensor<double> Value)> inputs) =>
        Oracle.Evaluate(outputs, inputs);
}
