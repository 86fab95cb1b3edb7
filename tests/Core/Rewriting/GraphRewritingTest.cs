using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Rewriting;

/// <summary>
/// Random graphs with their gradients, 1,000 of them or as many as AUTODIFFAE_GRAPHS says. (That each firing lowers the measure is checked by the
/// rewriter itself, which throws.)
/// </summary>
public sealed class GraphRewritingTest
{
    private static readonly int Count =
        (int.TryParse(Environment.GetEnvironmentVariable("AUTODIFFAE_GRAPHS"), out var count) ? count : 1000) / Case.Seeds.Length + 1;

    private static ImmutableArray<Expr> Joint(Draw d)
    {
        ImmutableArray<Expr> outputs = [.. GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator)];
        return [.. outputs, .. outputs.SelectMany(y => Tape.Of(y.Sum(), d.Inputs.Where(i => i.Varies).Select(i => i.Variable)).Results.OfType<Expr>())];
    }

    private static void Keeps(Func<Draw, CompileOptions> options) => Case.ForAll(d =>
    {
        var before = Joint(d);
        var (after, trace, _) = Rewriter.Rewrite(before, options(d));
        var given = d.Inputs.Select(i => (i.Variable, i.Value)).ToList();
        // Errors are as large as the rounding of the largest value on the way.
        var values = Oracle.EvaluateAll(before, given);
        var scale = values.Values.SelectMany(v => v.Span.ToArray()).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        foreach (var (root, found) in before.Zip(Oracle.Evaluate(after, given)))
        {
            var fault = Fault(values[root], found, 1e-13 * scale);
            Assert.True(fault is null, $"{fault} of {root}\n{trace}");
        }
    }, Count);

    private static string? Fault(Tensor<double> expected, Tensor<double> found, double error)
    {
        if (!expected.Sizes.SequenceEqual(found.Sizes)) return $"the shape is {found.Shape}, not {expected.Shape}";
        for (var i = 0; i < expected.Length; i++)
            if (double.IsFinite(expected.Span[i]) && !(Math.Abs(expected.Span[i] - found.Span[i]) <= error)) return $"element {i} is {found.Span[i]:R}, not {expected.Span[i]:R},";
        return null;
    }

    [Fact]
    public void All_rewrites_keep_what_is_finite() => Keeps(_ => CompileOptions.Default);

    [Fact]
    public void Any_choice_of_rewrites_does() => Keeps(d => CompileOptions.Default with
    {
        Without = [.. Rewriter.Rules.Select(r => r.Name).Where(_ => d.Coin())], Merge = d.Coin(), Specialize = d.Coin(),
    });

    [Fact]
    public void With_all_switched_off_nothing_fires() => Case.ForAll(d => Assert.Empty(Rewriter.Rewrite(Joint(d), CompileOptions.None).Trace), 50);

    [Fact]
    public void What_is_rewritten_is_left_as_it_is() => Case.ForAll(d =>
    {
        var once = Rewriter.Rewrite(Joint(d), CompileOptions.Default with { Without = [.. Rewriter.Rules.Where(r => r.Phase == Phase.Stabilize).Select(r => r.Name)] });
        var again = Rewriter.Rewrite(once.Roots, CompileOptions.Default with { Without = [.. Rewriter.Rules.Where(r => r.Phase == Phase.Stabilize || r.Unshared).Select(r => r.Name)] });
        Assert.True(again.Trace.Count == 0, $"{again.Trace}");
    });

    [Fact]
    public void Most_rewrites_fire_in_some_of_them()
    {
        var fired = Enumerable.Range(0, 300).AsParallel().SelectMany(seed => Origin.OfText(() => Rewriter.Rewrite(Joint(new Draw(new Case(seed, 1 + seed % 4)))).Trace.Select(f => f.Rewrite.Name).ToArray())).ToHashSet();
        Assert.InRange(fired.Count, 40, Rewriter.Rules.Length);
    }

    [Fact]
    public void A_gradient_is_not_rewritten_before_it_is_compiled()
    {
        var x = Expr.Variable("x", 3);
        var gradient = Gradient.Of((1 + x.Exp()).Log().Sum(), x);
        Assert.DoesNotContain(Traversal.Topological([gradient]), e => e.Op.Name is "softplus" or "sigmoid");
        var function = Compiler.Compile<double>(new Computation([x], [gradient]));
        Assert.Contains(function.Trace, f => f.Rewrite.Name == "sigmoid-times-exp");
        Assert.Equal([Phase.Inline, Phase.Merge, Phase.FoldConstants, Phase.Canonicalize, Phase.Stabilize, Phase.Specialize], function.Passes.Select(p => p.Phase));
        Assert.Equal(function.Trace.Count, function.Passes.Sum(p => p.Firings));
    }
}
