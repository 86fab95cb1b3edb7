using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Benchmarks;

/// <summary>Outputs of inputs, compiled in float32 for all cores, over buffers of standard normal numbers that are held.</summary>
public sealed class Kernel
{
    private readonly Function<float> _function;
    private readonly Buffer<float>[] _inputs, _outputs;

    public Kernel(ImmutableArray<Expr> inputs, params ImmutableArray<Expr> outputs)
    {
        _function = Compiler.Compile<float>(new Computation(inputs, outputs), backend: CpuBackend.Shared);
        (_inputs, _outputs) = ([.. inputs.Select(Held)], [.. outputs.Select(Held)]);
        for (var i = 0; i < _inputs.Length; i++) Philox.Normal(new Key((ulong)i), _inputs[i].Span);
    }

    public static Expr Of(string name, params ReadOnlySpan<int> sizes) => Expr.Variable(name, Shapes.Shape.Of(sizes.ToArray()));

    public void Run() => _function.Invoke(_inputs, _outputs);

    private static Buffer<float> Held(Expr e) => new(e.Shape.Evaluate(ImmutableDictionary<string, long>.Empty));
}
