using AutoDiffAE.Graph;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

public sealed class MarkedTest
{
    private static readonly Expr X = Expr.Variable("x", 3);

    [Fact]
    public void A_part_is_marked_where_it_is_written()
    {
        var log = X.Log();
        Assert.Equal(["(1 + log(x)) * 2", "     ^^^^^^"], Printer.Marked((1 + log) * 2, log)!.Lines().ToArray());
        Assert.Equal(["log(x)", "^^^^^^"], Printer.Marked(log, log)!.Lines().ToArray());
    }

    [Fact]
    public void A_value_with_a_name_is_marked_on_the_line_of_its_let()
    {
        var log = X.Log();
        Assert.Equal(["let v1 = log(x)", "         ^^^^^^"], Printer.Marked(log * log, log)!.Lines().ToArray());
    }

    [Fact]
    public void What_is_not_written_is_not_marked()
    {
        var wide = Expr.Variable("b").BroadcastTo(X.Shape);
        Assert.Null(Printer.Marked(X + wide, wide));
        Assert.Null(Printer.Marked(X, wide));
    }

    [Fact]
    public void Of_a_long_line_the_part_is_shown()
    {
        var log = X.Log();
        var y = Enumerable.Range(0, 20).Aggregate(Enumerable.Range(0, 20).Aggregate(log, (e, i) => e + i), (e, i) => i - e);
        var lines = Printer.Marked(y, log)!.Lines(60);
        Assert.InRange(lines[0].Length, 20, 60);
        Assert.StartsWith("… ", lines[0], StringComparison.Ordinal);
        Assert.Equal("log(x)", lines[0].Substring(lines[1].IndexOf('^', StringComparison.Ordinal), lines[1].Trim().Length));
    }
}
