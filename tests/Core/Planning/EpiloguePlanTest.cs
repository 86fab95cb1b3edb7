using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using Xunit;

namespace AutoDiffAE.Tests.Core.Planning;

/// <summary>A product takes the fused body with it that alone reads it.</summary>
public sealed class EpiloguePlanTest
{
    private static readonly Expr A = Expr.Variable("a", "n", 20);
    private static readonly Expr B = Expr.Variable("b", 20, 64);
    private static readonly Expr Bias = Expr.Variable("bias", 64);
    private static readonly Expr Product = A.MatMul(B);

    private static string[] Routines(bool epilogues, params Expr[] roots) =>
        [.. Planner.Plan([.. Traversal.Variables([.. roots])], [], Rewriter.Rewrite([.. roots]).Roots, CompileOptions.Default with { Fuse = epilogues }).Steps.Select(s => s.Routine.Summary())];

    [Fact]
    public void A_bias_and_an_activation_run_with_the_product()
    {
        Assert.Equal(["product, add tanh"], Routines(true, (Product + Bias).Tanh()));
        Assert.Equal(["product", "add", "tanh"], Routines(false, (Product + Bias).Tanh()));
    }

    [Fact]
    public void A_column_and_a_whole_matrix_may_be_read_too() =>
        Assert.Equal(["product, mul add"], Routines(true, Product * Expr.Variable("column", "n", 1) + Expr.Variable("whole", "n", 64)));

    [Fact]
    public void Several_results_are_written() =>
        Assert.Single(Routines(true, (Product + Bias).Tanh(), Product + Bias));

    [Fact]
    public void A_product_may_be_seen_in_another_shape() =>
        Assert.Equal(["product, add tanh"], Routines(true, (Product.Reshape("n", 4, 16) + Expr.Variable("channel", 4, 1)).Tanh()));

    [Fact]
    public void What_else_reads_the_product_has_it_stored()
    {
        Assert.Contains("product", Routines(true, (Product + Bias).Tanh(), Product));
        Assert.Contains("product", Routines(true, (Product + Bias).Tanh(), Product.Sum([0])));
    }

    [Fact]
    public void A_body_of_another_shape_does_not_run_with_it()
    {
        Assert.Contains("product", Routines(true, Product.Reshape("n", 1, 64) + Expr.Variable("wide", "n", 3, 64)));
        Assert.Contains("product", Routines(true, Product.Reshape("n", 16, 4) + Expr.Variable("part", "n", 1, 4)));
    }
}
