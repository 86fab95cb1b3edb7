using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Core.Planning;

/// <summary>What definitions come to: no exponential is taken twice, no product of all with all is stored.</summary>
public sealed class DefinitionPlanTest
{
    private static IEnumerable<Routine> Routines(ImmutableArray<Expr> inputs, params Expr[] roots) =>
        Planner.Plan(inputs, [], Rewriter.Rewrite([.. roots]).Roots).Steps.Select(s => s.Routine);

    private static int Exponentials(Expr x, params Expr[] roots) =>
        Routines([x], roots).Select(BodyOf).Sum(b => b.Instructions.Count(i => i.Function.Name == "exp"));

    private static Body BodyOf(Routine routine) => routine switch
    {
        Routine.Elementwise e => e.Body,
        Routine.Reduction r => r.Body,
        _ => Body.Copy,
    };

    [Theory]
    [InlineData("ij,jk->ik", 2, 2)]
    [InlineData("bhqd,bhkd->bhqk", 4, 4)]
    [InlineData("ijk,jil->kl", 3, 3)]
    [InlineData("ij,j->i", 2, 1)]
    public void An_einsum_of_two_is_one_matrix_product(string equation, int left, int right)
    {
        var (a, b) = (Expr.Variable("a", Shape.Of(Enumerable.Repeat(3, left))), Expr.Variable("b", Shape.Of(Enumerable.Repeat(3, right))));
        var routines = Routines([a, b], Formulas.Einsum(equation, a, b)).ToList();
        Assert.Single(routines.OfType<Routine.Product>());
        Assert.DoesNotContain(routines, r => r is Routine.Elementwise or Routine.Sum);
    }

    [Fact]
    public void A_softmax_and_its_gradient_take_each_exponential_once()
    {
        var x = Expr.Variable("x", "n", 10);
        foreach (var y in new[] { x.Softmax(), x.LogSoftmax(), x.LogSumExp([1]), Formulas.CrossEntropy(x, Formulas.Iota("n")) })
            Assert.Equal(1, Exponentials(x, y, Gradient.Of(y.Square().Sum(), x)));
    }
}
