using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using Xunit;

namespace AutoDiffAE.Tests.Core.Rewriting;

/// <summary>A rewrite that could go on for ever is refused at its first firing.</summary>
public sealed class MeasureTest
{
    private static readonly Expr X = Expr.Variable("x", 3), Y = Expr.Variable("y", 3);

    private static void Fires(Expr node, Func<Expr, Expr?> apply)
    {
        var rule = new Rewrite("planted", Phase.Canonicalize, [node.Op.Name], "", "", apply);
        _ = new NormalForm(new RuleTable([rule]), new Known(), ImmutableArray.CreateBuilder<Firing>()).Of([node]);
    }

    [Fact]
    public void What_exchanges_grows_or_repeats_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Fires(X + Y, e => e.Args[1] + e.Args[0]));
        Assert.Throws<InvalidOperationException>(() => Fires(X.Exp(), e => e.Args[0].Exp() * 1));
        Assert.Throws<InvalidOperationException>(() => Fires(X.Exp(), e => e.Args[0] + e.Args[0]));
        Assert.Throws<InvalidOperationException>(() => Fires(X * (Y + 1), e => e.Args[0] * e.Args[1].Args[0] + e.Args[0]));
        Assert.Throws<InvalidOperationException>(() => Fires(X.Exp(), e => e));
    }

    [Fact]
    public void What_shrinks_is_not() => Fires((X + Y) * (X + Y), e => e.Args[0].Square());

    [Fact]
    public void A_result_of_another_shape_is_refused() => Assert.Throws<InvalidOperationException>(() => Fires(X.Sum(), e => e.Args[0]));

    [Fact]
    public void A_chain_is_rewritten_from_end_to_end_without_recursion()
    {
        var y = X;
        for (var i = 0; i < 100_000; i++) y = -y;
        Assert.Same(X, Rewriter.Rewrite([y]).Roots[0]);
    }

    [Fact]
    public void Without_fusion_each_function_is_a_step()
    {
        var plan = Planner.Plan([X, Y], [], [(X * Y).Exp() + 1], CompileOptions.None);
        Assert.Equal(3, plan.Steps.Count(s => s.Routine is Routine.Elementwise { Body.Instructions.Count: 1 }));
        Assert.Single(Planner.Plan([X, Y], [], [(X * Y).Exp() + 1]).Steps);
    }
}
