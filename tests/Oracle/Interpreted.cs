using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

/// <summary>Values by the oracle.</summary>
public sealed class Interpreted : IEvaluator
{
    public Func<IReadOnlyList<Tensor<double>>, ImmutableArray<Tensor<double>>> Prepare(IReadOnlyList<Expr> outputs, IReadOnlyList<Expr> variables)
    {
        var order = Traversal.Topological(outputs);
        return values => Oracle.Evaluate(outputs, order, [.. variables.Zip(values)]);
    }
}
