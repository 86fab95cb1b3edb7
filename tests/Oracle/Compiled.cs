using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

/// <summary>Values by the compiler and a backend, the processor's when none is given.</summary>
public sealed class Compiled<T>(IBackend? backend = null) : IEvaluator where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ImmutableArray<Tensor<double>> Evaluate(IReadOnlyList<Expr> outputs, IReadOnlyList<(Expr Variable, Tensor<double> Value)> inputs)
    {
        var function = Compiler.Compile<T>(new Computation([.. inputs.Select(i => i.Variable)], [.. outputs]), backend: backend);
        return [.. function.Invoke([.. inputs.Select(i => i.Value.Cast<T>())]).Select(v => v.Cast<double>())];
    }
}
