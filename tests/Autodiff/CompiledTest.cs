using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>What the compiler makes of a graph and of its gradients is what the graph means, for any sizes.</summary>
public sealed class CompiledTest
{
    [Fact]
    public void One_compiled_function_serves_any_size() => Case.ForAll(d =>
    {
        var outputs = GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator);
        var gradients = Tape.Of(outputs[0].Sum(), d.Inputs.Select(i => i.Variable)).Results.OfType<Expr>();
        var computation = new Computation([.. d.Inputs.Select(i => i.Variable)], [.. outputs, .. gradients]);
        var function = Compiler.Compile<double>(computation);
        foreach (var n in new[] { 3, 1, 5, 3 })
        {
            // The values of the case over and over, which lie within the domains.
            var given = d.Inputs.Select(i => (i.Variable, Tensor<double>.Build(i.Variable.Shape.Evaluate(new Dictionary<string, long> { ["n"] = n }), values =>
            {
                for (var j = 0; j < values.Length; j++) values[j] = i.Value.Span[j % i.Value.Length];
            }))).ToList();
            var all = Oracle.EvaluateAll(computation.Outputs, given);
            var scale = all.Values.SelectMany(v => v.Span.ToArray()).Select(Math.Abs).Append(1).Max();
            foreach (var (output, found) in computation.Outputs.Zip(function.Invoke([.. given.Select(g => g.Item2)])))
                Assert.Null(Golden.GoldenTest.Fault(found, all[output], 1e-12, scale));
        }
    }, 100);
}
