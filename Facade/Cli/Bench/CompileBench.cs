using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary>How long a computation takes to be built, gradient included, and to be compiled.</summary>
/// <param name="Nodes">Of the graph before compilation, definitions counting as one.</param>
/// <param name="Steps">Of the plan.</param>
internal sealed record CompileBench(string Name, double BuildMs, double CompileMs, int Nodes, int Steps)
{
    private const int Blocks = 200, Channels = 16, Side = 8;

    public double Milliseconds => BuildMs + CompileMs;

    /// <summary>Each in turn: the first pays for what the process has not run yet.</summary>
    public static IEnumerable<CompileBench> All()
    {
        yield return Measure("seed", Seed);
        yield return Measure("residual", Residual);
        yield return Measure("chain_1000", () => Chain(1_000));
        yield return Measure("chain_10000", () => Chain(10_000));
    }

    public string Text() => string.Create(CultureInfo.InvariantCulture,
        $"{Name,-12} built {BuildMs,9:0.0} ms  compiled {CompileMs,9:0.0} ms  {Nodes,6} nodes  {Steps,6} steps");

    public object Report() => new { build_ms = Math.Round(BuildMs, 1), compile_ms = Math.Round(CompileMs, 1), nodes = Nodes, steps = Steps };

    internal static CompileBench Measure(string name, Func<(Computation Computation, Store<float> Store)> build)
    {
        var clock = Stopwatch.StartNew();
        var (computation, store) = build();
        var built = clock.Elapsed.TotalMilliseconds;
        var function = Compiler.Compile(computation, store, CpuBackend.Shared);
        var compiled = clock.Elapsed.TotalMilliseconds - built;
        return new(name, built, compiled,
            Traversal.Topological([.. computation.Outputs, .. computation.Updates.Select(u => u.Next)]).Length, function.Plan.Steps.Length);
    }

    /// <summary>The training function of the standard network.</summary>
    private static (Computation, Store<float>) Seed()
    {
        var network = new ConvolutionalAutoencoder(28, 28).Build();
        var task = TrainingTask.Reconstruction(network);
        var recurrence = new NesterovMomentum().Of(task.Loss, task.Learned);
        var store = new Store<float>();
        network.Initialize(store, new(1));
        recurrence.Initialize(store);
        return (new(task.Inputs, [task.Loss], recurrence.Updates), store);
    }

    /// <summary>The gradients of blocks h := h + relu(h ⋆ w + b), 3x3 filters, 16 channels of 8x8.</summary>
    private static (Computation, Store<float>) Residual()
    {
        WindowAxis[] same = [new(Low: 1, High: 1), new(Low: 1, High: 1)];
        var x = Expr.Variable("x", "n", Channels, Side, Side);
        ImmutableArray<Expr> weights = [.. Enumerable.Range(0, Blocks).Select(i => Expr.Variable($"w{i}", Channels, Channels, 3, 3))];
        ImmutableArray<Expr> biases = [.. Enumerable.Range(0, Blocks).Select(i => Expr.Variable($"b{i}", Channels, 1, 1))];
        var loss = weights.Zip(biases).Aggregate(x, (h, p) => h + (h.Convolve(p.First, same) + p.Second).Relu()).Square().Mean();
        ImmutableArray<Expr> parameters = [.. weights, .. biases];
        return (new([x, .. parameters], [loss, .. Gradient.Of(loss, parameters)]), new());
    }

    /// <summary>The gradient of h := tanh(h a), so many nodes long.</summary>
    internal static (Computation, Store<float>) Chain(int nodes)
    {
        var (x, a) = (Expr.Variable("x", "n"), Expr.Variable("a", "n"));
        var loss = Enumerable.Range(0, nodes / 2).Aggregate(x, (h, _) => (h * a).Tanh()).Sum();
        return (new([x, a], [loss, .. Gradient.Of(loss, [x, a])]), new());
    }
}
