using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Rewriting;
using Xunit;

namespace AutoDiffAE.Tests.Core.Rewriting;

/// <summary>A rewriting changes the graph, never what it means.</summary>
public sealed class RewritingTest
{
    private static void Keeps(Func<ImmutableArray<Expr>, ImmutableArray<Expr>> rewriting, bool shrinks) => Case.ForAll(d =>
    {
        ImmutableArray<Expr> before = [.. GraphDraw.Graph(d, smooth: false, Oracle.Options.Evaluator)];
        before = [.. before, .. before.SelectMany(y => Tape.Of(y.Sum(), d.Inputs.Select(i => i.Variable)).Results.OfType<Expr>())];
        var after = rewriting(before);
        var given = d.Inputs.Select(i => (i.Variable, i.Value)).ToList();
        var (expected, found) = (Oracle.Evaluate(before, given), Oracle.Evaluate(after, given));
        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i].Shape, after[i].Shape);
            Assert.True(expected[i].Span.SequenceEqual(found[i].Span), $"{before[i]} became {after[i]}; {d}");
        }
        if (shrinks) Assert.True(Traversal.Topological(after).Length <= Traversal.Topological(before).Length);
    });

    [Fact]
    public void Inlining_keeps_every_value() => Keeps(Inline.Apply, shrinks: false);

    [Fact]
    public void Merging_keeps_every_value() => Keeps(Merge.Apply, shrinks: true);

    [Fact]
    public void Inlining_leaves_no_definition() => Case.ForAll(d =>
        Assert.DoesNotContain(Traversal.Topological(Inline.Apply([.. GraphDraw.Graph(d, smooth: false, Oracle.Options.Evaluator)])), e => e.Op is Op.Call or Op.StopGradient));

    [Fact]
    public void Merging_makes_equal_subexpressions_one()
    {
        var x = Expr.Variable("x", 3);
        var merged = Merge.Apply([x.Tanh() + x.Tanh()])[0];
        Assert.Same(merged.Args[0], merged.Args[1]);
    }

    [Fact]
    public void Merging_keeps_the_two_zeros_apart()
    {
        var merged = Merge.Apply([1 / (Expr)0.0, 1 / (Expr)(-0.0)]);
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity], merged.Select(e => Oracle.Evaluate(e).Value));
    }

    [Fact]
    public void Variables_of_one_name_are_still_two()
    {
        Expr a = Expr.Variable("x"), b = Expr.Variable("x");
        Assert.NotSame(Merge.Apply([a + b])[0].Args[0], Merge.Apply([a + b])[0].Args[1]);
    }
}
