using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Rewriting;

/// <summary>Each rewrite by itself: it fires at its form and not next to it, and what it makes has the same values and the same gradients.</summary>
public sealed class RuleTest
{
    public static TheoryData<string> Names => [.. Rewriter.Rules.Select(r => r.Name)];

    private static RuleCase Of(string rule) => RuleCase.All.Single(c => c.Rule == rule);

    /// <summary>A rewrite of what another has made needs that one.</summary>
    private static readonly ImmutableDictionary<string, string> After = ImmutableDictionary<string, string>.Empty
        .Add("log-softmax", "softmax").Add("log-softmax-of-difference", "logsumexp");

    private static CompileOptions Only(string rule) => CompileOptions.Default with
    {
        Without = [.. Rewriter.Rules.Select(r => r.Name).Where(n => n != rule && n != After.GetValueOrDefault(rule))],
    };

    private static int Firings(Expr y, string rule) => Rewriter.Rewrite([y], Only(rule)).Trace.Count(f => f.Rewrite.Name == rule);

    [Fact]
    public void Every_rewrite_has_a_case_and_a_name_of_its_own()
    {
        Assert.Equal(Rewriter.Rules.Select(r => r.Name).Order(), RuleCase.All.Select(c => c.Rule).Order());
        Assert.Equal(Rewriter.Rules.Length, Rewriter.Rules.Select(r => r.Name).Distinct().Count());
        Assert.All(RuleCase.All, c => Assert.NotEmpty(c.Misses));
        Assert.All(Rewriter.Rules, r => Assert.All([r.Law, r.Assumption], text => Assert.NotEmpty(text)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_fires_at_its_form(string rule) => Assert.NotEqual(0, Firings(Of(rule).Fires, rule));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_does_not_fire_next_to_it(string rule) => Assert.All(Of(rule).Misses, y => Assert.True(Firings(y, rule) == 0, $"{y}"));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_switched_off_by_its_name(string rule) =>
        Assert.DoesNotContain(Rewriter.Rewrite([Of(rule).Fires], CompileOptions.Default with { Without = [rule] }).Trace, f => f.Rewrite.Name == rule);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_keeps_values_and_gradients(string rule)
    {
        var y = Of(rule).Fires;
        foreach (var options in new[] { Only(rule), CompileOptions.Default })
        {
            var after = Rewriter.Rewrite([y], options).Roots[0];
            Agrees([y, .. Gradients(y)], [after, .. Gradients(after)]);
            // The graph of a value and its gradients, rewritten together.
            ImmutableArray<Expr> joint = [y, .. Gradients(y)];
            Agrees(joint, Rewriter.Rewrite(joint, options).Roots);
        }
    }

    [Fact]
    public void A_firing_prints_the_two_sides_of_its_law()
    {
        var firing = Assert.Single(Rewriter.Rewrite([RuleCase.X.Exp().Log1p()], Only("softplus")).Trace);
        Assert.StartsWith("softplus: log1p(exp(x)) -> softplus(x)", firing.ToString(), StringComparison.Ordinal);
        Assert.Contains("RuleTest.cs:", firing.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_rewrite_has_is_refused() =>
        Assert.Throws<ArgumentException>(() => Rewriter.Rewrite([RuleCase.X], CompileOptions.Default with { Without = ["no-such-rewrite"] }));

    private static ImmutableArray<Expr> Gradients(Expr y)
    {
        var weighted = (y * (Expr.Cos(Formulas.Iota(y.Shape.Size).Reshape(y.Shape)) + 2)).Sum();
        return Gradient.Of([new Seed(weighted)], RuleCase.Variables, GradientOptions.Default with { Disconnected = Disconnected.Zero });
    }

    private static void Agrees(ImmutableArray<Expr> expected, ImmutableArray<Expr> found)
    {
        var random = new Random(1);
        for (var round = 0; round < 5; round++)
        {
            var given = RuleCase.Variables.Select(v => (v, Tensor<double>.Build(v.Shape.Evaluate(new Dictionary<string, long> { ["n"] = 2 }), values =>
            {
                for (var i = 0; i < values.Length; i++) values[i] = 0.1 + 1.8 * random.NextDouble();
            }))).ToList();
            foreach (var (a, b) in Oracle.Evaluate(expected, given).Zip(Oracle.Evaluate(found, given))) Assert.Null(Golden.GoldenTest.Fault(b, a, 1e-12, 1));
        }
    }
}
