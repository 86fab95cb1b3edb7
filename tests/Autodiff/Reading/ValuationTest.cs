using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Reading;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

public sealed class ValuationTest
{
    internal static (Derivation Derivation, Valuation Valuation) Of(Sample sample)
    {
        var derivation = Derivation.Of(Tape.Of(sample.Y.Sum(), sample.Wrt.Select(x => x.Variable)));
        return (derivation, Valuation.Of(derivation, Values(sample), []));
    }

    internal static ImmutableArray<(Expr Variable, Tensor<double> Value)> Values(Sample sample) => [.. sample.Inputs.Select(i => (i.Variable, i.Value))];

    internal static Sample Smooth(int seed) => Sample.Of(new Case(seed, 1 + seed % 4), d => GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator));

    [Fact]
    public void Values_and_cotangents_are_those_of_the_oracle()
    {
        foreach (var sample in Enumerable.Range(0, 60).Select(Smooth))
        {
            var (derivation, valuation) = Of(sample);
            var cotangents = derivation.Steps.Select(s => (s.Step.Node, s.Step.Cotangent)).Concat(derivation.Gradients.Select(g => (g.Variable, g.Raw))).ToList();
            var expected = Oracle.EvaluateAll([.. derivation.Names.Keys, .. cotangents.Select(c => c.Item2)], Values(sample));
            var scale = expected.Values.SelectMany(v => v.Span.ToArray()).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
            Assert.Equal(derivation.Names.Keys.ToHashSet(), valuation.Nodes.Keys.ToHashSet());
            foreach (var (node, numbers) in valuation.Nodes) Assert.Null(Golden.GoldenTest.Fault(numbers.Value, expected[node], 1e-12, scale));
            foreach (var (node, cotangent) in cotangents) Assert.Null(Golden.GoldenTest.Fault(valuation.Nodes[node].Cotangent!, expected[cotangent], 1e-12, scale));
            Assert.Equal(cotangents.Select(c => c.Item1).ToHashSet(), valuation.Nodes.Where(n => n.Value.Cotangent is not null).Select(n => n.Key).ToHashSet());
        }
    }

    [Fact]
    public void Differences_agree_with_cotangents_wherever_the_graph_is_smooth()
    {
        var (all, settled) = (0, 0);
        foreach (var sample in Enumerable.Range(0, 60).Select(Smooth))
        {
            var (derivation, valuation) = Of(sample);
            foreach (var (node, numbers) in valuation.Nodes.Where(n => n.Value.Cotangent is { Length: > 0 }))
            {
                Assert.NotEmpty(numbers.Differences);
                if (numbers.Cotangent!.Length <= 4) Assert.Equal(Enumerable.Range(0, numbers.Cotangent.Length), numbers.Differences.Select(d => d.Element));
                foreach (var d in numbers.Differences)
                {
                    Assert.Equal(numbers.Cotangent.Span[d.Element], d.Cotangent);
                    all++;
                    if (!d.Settles) continue;
                    settled++;
                    Assert.True(d.Agrees, $"{sample.Case}: {derivation.Names[node]}[{d.Element}]: {d.Cotangent} and {d.Difference}");
                }
            }
        }
        Assert.InRange(settled, 0.98 * all, all);
    }

    [Fact]
    public void A_wrong_rule_is_seen_at_what_it_gives_to_and_not_below_it()
    {
        var x = Expr.Variable("x", 3);
        var h = x.Tanh().Named("h");
        var wrong = new Planted("tanh", 0, (_, dx) => 2 * dx);
        var valuation = Valuation.Of(Derivation.Of(Tape.Of(h.Exp().Sum(), [x], wrong)), [(x, Tensor<double>.Of([0.1, -0.4, 0.9], 3))], []);
        Assert.All(valuation.Nodes[x].Differences, d => Assert.True(d.Settles && !d.Agrees));
        Assert.All(valuation.Nodes[h].Differences, d => Assert.True(d.Agrees));
    }

    [Fact]
    public void What_stop_gradient_holds_is_constant_for_the_differences_too()
    {
        var x = Expr.Variable("x", 2);
        var valuation = Valuation.Of(Derivation.Of((Expr.Of(new Op.StopGradient(), x) * x).Sum(), x), [(x, Tensor<double>.Of([3.0, -2.0], 2))], []);
        Assert.Equal([3.0, -2.0], valuation.Nodes[x].Cotangent!.Span.ToArray());
        Assert.All(valuation.Nodes.Values, n => Assert.All(n.Differences, d => Assert.True(d.Agrees)));
    }

    [Fact]
    public void Beside_a_kink_differences_do_not_settle()
    {
        var x = Expr.Variable("x");
        var difference = Assert.Single(Valuation.Of(Derivation.Of(Expr.Abs(x), x), [(x, Tensor<double>.Scalar(1e-5))], []).Nodes[x].Differences);
        Assert.False(difference.Settles);
    }

    [Fact]
    public void Of_many_nodes_and_elements_some_are_compared_the_variables_and_the_largest_among_them()
    {
        var (x, w) = (Expr.Variable("x", 400), Expr.Variable("w"));
        var y = x;
        for (var i = 0; i < 2000; i++) y = (y * w).Tanh();
        var values = Tensor<double>.Of(Enumerable.Range(0, 400).Select(i => Math.Sin(i)), 400);
        var nodes = Valuation.Of(Derivation.Of(y.Sum(), x, w), [(x, values), (w, Tensor<double>.Scalar(1.001))], []).Nodes;
        var compared = nodes.Where(n => !n.Value.Differences.IsEmpty).ToList();
        Assert.InRange(compared.Count, 4, 100);
        Assert.Contains(compared, n => n.Key == w);
        var ofX = nodes[x].Differences;
        Assert.InRange(ofX.Length, 1, 16);
        Assert.Contains(ofX, d => Math.Abs(d.Cotangent) == nodes[x].Cotangent!.Span.ToArray().Max(Math.Abs));
    }

    [Fact]
    public void A_variable_or_a_size_that_no_value_binds_is_refused()
    {
        var (x, y) = (Expr.Variable("x", "n"), Expr.Variable("y", 3));
        Assert.Throws<ArgumentException>(() => Valuation.Of(Derivation.Of((x * x).Sum(), x), [], []));
        Assert.Throws<KeyNotFoundException>(() => Valuation.Of(Derivation.Of((y * y).Sum(), y), [], []));
    }
}
