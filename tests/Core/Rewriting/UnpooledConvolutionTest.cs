using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Rewriting;

/// <summary>A convolution of an image of repeated values becomes one of the values, whatever the sizes; and so do both its gradients.</summary>
public sealed class UnpooledConvolutionTest
{
    private static readonly string[] Rules = ["convolution-of-repeats", "sum-of-repeats-gradient", "kernel-gradient-of-repeats"];

    [Fact]
    public void Values_and_gradients_are_those_of_the_repeated_image()
    {
        var fired = Rules.ToDictionary(r => r, _ => 0);
        Case.ForAll(d =>
        {
            var rank = d.Int(1, 2);
            int[] factors = [.. Enumerable.Range(0, rank).Select(_ => d.Int(1, 3))], kernel = [.. Enumerable.Range(0, rank).Select(_ => d.Int(1, 5))];
            var groups = d.Int(1, 2);
            ImmutableArray<WindowAxis> windows = [.. Enumerable.Range(0, rank).Select(_ => new WindowAxis(1, d.Int(1, 2), d.Int(0, 2), d.Int(0, 2)))];
            int[] lengths = [.. Enumerable.Range(0, rank).Select(i => d.Int(1, 4) + (windows[i].Dilation * (kernel[i] - 1)) / factors[i])];
            var form = new ConvolutionForm([.. windows], groups, d.Coin());
            var x = d.Input([2, groups * d.Int(1, 2), .. lengths.Select(n => (Length)n)]);
            var w = d.Input([groups * d.Int(1, 2), (int)x.Shape[1].Value! / groups, .. kernel.Select(n => (Length)n)]);
            var y = Expr.Of(new Op.Convolution(form, Leg.Output, Shape.Scalar), x.Repeat(factors), w);
            var dy = d.Input([.. y.Shape.Select(n => (Length)(int)n.Value!)]);
            ImmutableArray<Expr> graph = [y, .. Gradient.Of(y, [x, w], dy)];

            var rewritten = Rewriter.Rewrite(graph);
            foreach (var firing in rewritten.Trace)
                if (fired.ContainsKey(firing.Rewrite.Name)) fired[firing.Rewrite.Name]++;
            var given = d.Inputs.Select(i => (i.Variable, i.Value)).ToList();
            var (expected, found) = (Oracle.Evaluate(graph, given), Oracle.Evaluate(rewritten.Roots, given));
            for (var i = 0; i < graph.Length; i++) Agrees(expected[i], found[i], $"{graph[i]} with {d}");
            var compiled = Compiler.Compile<double>(new Computation([.. given.Select(g => g.Variable)], graph)).Invoke([.. given.Select(g => g.Value)]);
            for (var i = 0; i < graph.Length; i++) Agrees(expected[i], compiled[i], $"compiled {graph[i]} with {d}");
        });
        Assert.All(fired, f => Assert.True(f.Value > 20, $"{f.Key} fired {f.Value} times"));
    }

    private static void Agrees(Tensor<double> expected, Tensor<double> found, string of)
    {
        var scale = 1 + expected.Span.ToArray().Select(Math.Abs).DefaultIfEmpty().Max();
        Assert.Equal(expected.Shape, found.Shape);
        foreach (var (e, f) in expected.Span.ToArray().Zip(found.Span.ToArray())) Assert.True(Math.Abs(e - f) <= 1e-12 * scale, $"{f} in place of {e}: {of}");
    }
}
