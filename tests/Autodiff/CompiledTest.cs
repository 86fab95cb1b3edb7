using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>What the compiler makes of a graph and of its gradients is what the graph means.</summary>
public sealed class CompiledTest
{
    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    public static TheoryData<string> Names => [.. Samplers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_operation_and_its_gradient_compile_to_their_meaning(string operation) =>
        Case.ForAll(d => Agree([Samplers[operation].Build(d)], d, new Compiled<double>(), 1e-12), 60);

    [Theory]
    [MemberData(nameof(Names))]
    public void In_single_precision_too(string operation) =>
        Case.ForAll(d => Agree([Samplers[operation].Build(d)], d, new Compiled<float>(), 2e-5), 30);

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Random_graphs_agree_at_every_width_of_vectors(int bits)
    {
        var backend = new CpuBackend(2, (LaneWidth)bits);
        Case.ForAll(d => Agree(GraphDraw.Graph(d, smooth: false), d, new Compiled<double>(backend), 1e-12), 100);
        foreach (var sampler in Samplers.Values) Case.ForAll(d => Agree([sampler.Build(d)], d, new Compiled<float>(backend), 2e-5), 5);
    }

    [Fact]
    public void Random_graphs_and_their_gradients_compile_to_their_meaning() =>
        Case.ForAll(d => Agree(GraphDraw.Graph(d, smooth: false), d, new Compiled<double>(), 1e-12));

    [Fact]
    public void Random_graphs_without_kinks_do_in_single_precision() =>
        Case.ForAll(d => Agree(GraphDraw.Graph(d, smooth: true), d, new Compiled<float>(), 2e-5));

    [Fact]
    public void One_compiled_function_serves_any_size() => Case.ForAll(d =>
    {
        var outputs = GraphDraw.Graph(d, smooth: false);
        var gradients = Tape.Of(outputs[0].Sum(), d.Inputs.Select(i => i.Variable)).Results.OfType<Expr>();
        var computation = new Computation([.. d.Inputs.Select(i => i.Variable)], [.. outputs, .. gradients]);
        var function = Compiler.Compile<double>(computation);
        foreach (var n in new[] { 3, 1, 5, 3 })
        {
            var given = d.Inputs.Select(i => i.Variable).Select(v =>
                (v, d.Values(v.Shape.Evaluate(new Dictionary<string, long> { ["n"] = n }), () => d.Uniform(-1.5, 1.5)))).ToList();
            var all = Oracle.EvaluateAll(computation.Outputs, given);
            var scale = all.Values.SelectMany(v => v.Span.ToArray()).Select(Math.Abs).Append(1).Max();
            foreach (var (output, found) in computation.Outputs.Zip(function.Invoke([.. given.Select(g => g.Item2)])))
                Assert.Null(Golden.GoldenTest.Fault(found, all[output], 1e-12, scale));
        }
    }, 100);

    /// <summary>Within a tolerance of the largest value that was met on the way, since errors of that size are carried along.</summary>
    private static void Agree(Expr[] outputs, Draw d, IEvaluator evaluator, double tolerance)
    {
        var values = Oracle.Evaluate(outputs, d.Inputs.Select(i => (i.Variable, i.Value)));
        List<(Expr Variable, Tensor<double> Value)> given = [.. d.Inputs.Select(i => (i.Variable, Rounded(i.Value)))];
        List<Expr> wanted = [.. outputs];
        for (var i = 0; i < outputs.Length; i++)
        {
            var seed = Expr.Variable($"seed{i}", outputs[i].Shape);
            given.Add((seed, Rounded(d.Values(values[i].Sizes.ToArray(), d.Signed))));
            wanted.AddRange(Tape.Of(outputs[i], d.Inputs.Where(x => x.Varies).Select(x => x.Variable), seed: seed).Results.OfType<Expr>());
        }
        var all = Oracle.EvaluateAll(wanted, given);
        var scale = all.Values.SelectMany(v => v.Span.ToArray()).Select(Math.Abs).Append(1).Max();
        var found = evaluator.Evaluate(wanted, given);
        for (var i = 0; i < wanted.Count; i++)
            for (var j = 0; j < found[i].Length; j++)
                if (!(Math.Abs(found[i].Span[j] - all[wanted[i]].Span[j]) <= tolerance * scale))
                    throw new InvalidOperationException(
                        $"element {j} of {wanted[i]} compiles to {found[i].Span[j]:R}, not {all[wanted[i]].Span[j]:R} (scale {scale:R}); {d}; {string.Join("; ", given.Select(g => $"{Printer.Short(g.Variable)}=[{string.Join(", ", g.Value.Span.ToArray())}]"))}");
    }

    /// <summary>To what float32 holds, so that both precisions are given the same numbers.</summary>
    private static Tensor<double> Rounded(Tensor<double> x) => x.Cast<float>().Cast<double>();
}
