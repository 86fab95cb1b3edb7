using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cli;

/// <summary>One operation to be timed: outputs of inputs, compiled, with buffers that are held.</summary>
internal sealed record OpBench(string Name, ImmutableArray<Expr> Inputs, ImmutableArray<Expr> Outputs)
{
    private const int B = 128, N = 10_000_000;

    private static readonly WindowAxis[] Padded = [new(Low: 1, High: 1), new(Low: 1, High: 1)];

    public static IEnumerable<OpBench> All() =>
    [
        Product(256),
        Product(1024),
        .. Both("conv 32@7x7 on 128x1x28x28", v => v[0].Convolve(v[1]), Of("x", B, 1, 28, 28), Of("w", 32, 1, 7, 7)),
        .. Both("conv 1@7x7 on 128x32x34x34", v => v[0].Convolve(v[1]), Of("x", B, 32, 34, 34), Of("w", 1, 32, 7, 7)),
        .. Both("conv 64@3x3 pad 1 on 32x64x56x56", v => v[0].Convolve(v[1], Padded), Of("x", 32, 64, 56, 56), Of("w", 64, 64, 3, 3)),
        .. Both("maxpool 2 on 128x32x22x22", v => v[0].MaxPool(2, 2), Of("x", B, 32, 22, 22)),
        .. Both("maxpool 3 stride 2 pad 1 on 32x16x56x56", v => v[0].MaxPool([new PoolWindow(3, 2, 1), new PoolWindow(3, 2, 1)]), Of("x", 32, 16, 56, 56)),
        .. Both("avgpool 3 stride 2 pad 1 on 32x16x56x56", v => v[0].AveragePool([new(3, 2, 1), new(3, 2, 1)]), Of("x", 32, 16, 56, 56)),
        .. Both("dense 3872 to 40", v => v[0].MatMul(v[1]), Of("x", B, 3872), Of("w", 3872, 40)),
        .. Both("dense 40 to 9248", v => v[0].MatMul(v[1]), Of("x", B, 40), Of("w", 40, 9248)),
        Simple("tanh(a*b+c)*d 10M, out=", v => (v[0] * v[1] + v[2]).Tanh() * v[3], Of("a", N), Of("b", N), Of("c", N), Of("d", N)),
        Simple("tanh 10M, out=", v => v[0].Tanh(), Of("x", N)),
        Simple("exp 10M, out=", v => v[0].Exp(), Of("x", N)),
        Simple("sum 10M", v => v[0].Sum(), Of("x", N)),
        Simple("copy 10M (the bandwidth limit)", v => v[0], Of("x", N)),
        Simple("softmax 10000x1000", v => v[0].Softmax(1), Of("x", 10000, 1000)),
        Simple("sum over axis 0 of 1000x10000", v => v[0].Sum([0]), Of("x", 1000, 10000)),
        Simple("sum over axis 1 of 1000x10000", v => v[0].Sum([1]), Of("x", 1000, 10000)),
    ];

    public Timing Measure(IBackend backend, double seconds)
    {
        var function = Compiler.Compile<float>(new Computation(Inputs, Outputs), backend: backend);
        Buffer<float>[] inputs = [.. Inputs.Select((v, i) => Noise.For(v, $"{i}"))];
        Buffer<float>[] outputs = [.. Outputs.Select(o => new Buffer<float>(o.Shape.Evaluate(ImmutableDictionary<string, long>.Empty)))];
        try
        {
            return Timing.Of(seconds, () => function.Invoke(inputs, outputs));
        }
        finally
        {
            foreach (var buffer in inputs.Concat(outputs)) buffer.Dispose();
        }
    }

    private static Expr Of(string name, params ReadOnlySpan<int> sizes) => Expr.Variable(name, Shapes.Shape.Of(sizes.ToArray()));

    private static OpBench Product(int n) => Simple($"matmul {n}", v => v[0].MatMul(v[1]), Of("a", n, n), Of("b", n, n));

    private static OpBench Simple(string name, Func<ImmutableArray<Expr>, Expr> formula, params ImmutableArray<Expr> inputs) => new(name, inputs, [formula(inputs)]);

    private static OpBench[] Both(string name, Func<ImmutableArray<Expr>, Expr> formula, params ImmutableArray<Expr> inputs)
    {
        var y = formula(inputs);
        var cotangent = Expr.Variable("dy", y.Shape);
        return [new($"{name} forward", inputs, [y]), new($"{name} backward", [.. inputs, cotangent], Gradient.Of(y, inputs, cotangent))];
    }
}
