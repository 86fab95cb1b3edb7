using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Values by the compiler and a backend, the processor's when none is given.</summary>
public sealed class Compiled<T>(IBackend? backend = null) : IEvaluator where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Func<IReadOnlyList<Tensor<double>>, ImmutableArray<Tensor<double>>> Prepare(IReadOnlyList<Expr> outputs, IReadOnlyList<Expr> variables)
    {
        var function = Compiler.Compile<T>(new Computation([.. variables], [.. outputs]), backend: backend);
        return values => [.. function.Invoke([.. values.Select(v => v.Cast<T>())]).Select(v => v.Cast<double>())];
    }
}
