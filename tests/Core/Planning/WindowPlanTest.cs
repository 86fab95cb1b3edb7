using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using Xunit;

namespace AutoDiffAE.Tests.Core.Planning;

/// <summary>Windows that are reduced at once are never stored.</summary>
public sealed class WindowPlanTest
{
    private static readonly Expr X = Expr.Variable("x", "n", 3, 9, 9);
    private static readonly Expr Windows = Expr.Of(new Op.Windows([new(3, 2), new(3, 2)]), X);

    private static string[] Routines(Expr[] inputs, params Expr[] roots) =>
        [.. Planner.Plan([.. inputs], [], Rewriter.Rewrite([.. roots]).Roots).Steps.Select(s => s.Routine.GetType().Name)];

    [Fact]
    public void Sums_and_maxima_read_the_array_in_place()
    {
        Assert.Equal(["PoolSum"], Routines([X], Windows.Sum([4, 5])));
        Assert.Equal(["PoolMaximum"], Routines([X], Windows.Max([4, 5])));
        Assert.Equal(["Windows", "Maximum"], Routines([X], Windows.Max([4])));
        Assert.Equal(["Windows"], Routines([X], Windows.Permute(5, 4, 3, 2, 1, 0)));
    }

    [Fact]
    public void Their_gradients_store_no_windows_either()
    {
        var dy = Expr.Variable("dy", "n", 3, 4, 4);
        Assert.Equal(["FoldWindows"], Routines([X, dy], Gradient.Of(Windows.Sum([4, 5]), [X], dy)[0]));
        Assert.Equal(["FoldMaximum"], Routines([X, dy], Gradient.Of(Windows.Max([4, 5], ties: TieRule.First), [X], dy)[0]));
        Assert.Contains("MaximumIndicator", Routines([X, dy], Gradient.Of(Windows.Max([4, 5]), [X], dy)[0]));
    }

    [Fact]
    public void What_else_reads_them_has_them_stored()
    {
        var maximum = Windows.Max([4, 5]);
        Assert.Equal(["PoolMaximum", "Windows"], Routines([X], maximum, Windows).Order());
        Assert.Equal(["Elementwise", "PoolMaximum", "Windows"], Routines([X], maximum, Windows * 2).Order());
    }
}
