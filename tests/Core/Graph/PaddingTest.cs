using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

/// <summary>What stands beyond the ends of an axis, by mode; and what is refused.</summary>
public sealed class PaddingTest
{
    private static double[] Padded(PadMode mode, int before, int after, double value = 0)
    {
        var x = Expr.Variable("x", 4);
        return Oracle.Evaluate(x.Pad([(before, after)], mode, value), [(x, Tensor<double>.Of([1, 2, 3, 4], 4))]).Span.ToArray();
    }

    [Fact]
    public void Each_mode_on_its_own()
    {
        Assert.Equal([7, 7, 1, 2, 3, 4, 7], Padded(PadMode.Constant, 2, 1, 7));
        Assert.Equal([0, 0, 1, 2, 3, 4, 0], Padded(PadMode.Constant, 2, 1));
        Assert.Equal([4, 3, 2, 1, 2, 3, 4, 3], Padded(PadMode.Reflect, 3, 1));
        Assert.Equal([1, 1, 1, 1, 1, 1, 2, 3, 4, 4], Padded(PadMode.Replicate, 5, 1));
        Assert.Equal([3, 4, 1, 2, 3, 4, 1, 2, 3, 4], Padded(PadMode.Circular, 2, 4));
        Assert.Equal([2, 1, 1, 2, 3, 4, 4, 3, 2, 1], Padded(PadMode.Symmetric, 2, 4));
    }

    [Fact]
    public void A_constant_changes_nothing_within_whatever_stands_there()
    {
        var x = Expr.Variable("x", 2, 4);
        double[] values = [-0.0, 0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, -1, 1e300];
        var y = x.Pad([(0, 0), (1, 2)], PadMode.Constant, double.NegativeInfinity);
        foreach (IEvaluator evaluator in (IEvaluator[])[new Interpreted(), new Compiled<double>()])
        {
            var found = evaluator.Evaluate([y, Gradient.Of(y.Sum(), x)], [(x, Tensor<double>.Of(values, 2, 4))]);
            var rows = found[0].Span.ToArray().Chunk(7).ToList();
            Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), rows.SelectMany(r => r[1..5]).Select(BitConverter.DoubleToInt64Bits));
            Assert.All(rows.SelectMany(r => r[..1].Concat(r[5..])), v => Assert.Equal(double.NegativeInfinity, v));
            Assert.All(found[1].Span.ToArray(), g => Assert.Equal(1, g));
        }
    }

    [Fact]
    public void Numpys_words_mean_the_same_modes()
    {
        var x = Expr.Variable("x", 3, "n");
        var known = new Dictionary<string, Expr> { ["x"] = x };
        foreach (var (word, mode) in ((string, PadMode)[])[("edge", PadMode.Replicate), ("wrap", PadMode.Circular), ("reflect", PadMode.Reflect), ("symmetric", PadMode.Symmetric)])
            Assert.True(Language.SameGraph.Of(x.Pad([(2, 1), (0, 0)], mode), Parser.Parse($"pad(x, ((2, 1), (0, 0)), \"{word}\")", known)));
        Assert.True(Language.SameGraph.Of(x.Pad([(0, 0), (1, 1)], PadMode.Replicate), Parser.Parse("pad(x, ((0, 0), (1, 1)), mode=\"edge\")", known)));
        Assert.True(Language.SameGraph.Of(x.Pad((1, 1), (1, 1)), Parser.Parse("pad(x, 1)", known)));
        Assert.Contains("modes of padding are", Assert.Throws<SyntaxException>(() => Parser.Parse("pad(x, 1, mode=\"mirror\")", known)).Message);
    }

    [Fact]
    public void An_axis_that_is_too_short_is_refused()
    {
        var x = Expr.Variable("x", 3, "n");
        void Refuses(PadMode mode, (int, int) rows, (int, int) columns, string reason) =>
            Assert.Contains(reason, Assert.Throws<ShapeException>(() => x.Pad([rows, columns], mode)).Message);
        Refuses(PadMode.Reflect, (3, 0), (0, 0), "pad of x (3, n)");
        Refuses(PadMode.Reflect, (3, 0), (0, 0), "reflect of 3 along axis 0 needs at least 4 elements there");
        Refuses(PadMode.Circular, (0, 4), (0, 0), "circular of 4 along axis 0 needs at least 4 elements there");
        Refuses(PadMode.Symmetric, (0, 0), (0, 2), "symmetric of 2 along axis 1 needs at least 2 elements there");
        Refuses(PadMode.Replicate, (-1, 0), (0, 0), "a pair of widths, none negative");
        Assert.Equal(new Shape([6, "n"]), x.Pad([(3, 0), (0, 0)], PadMode.Circular).Shape);
    }
}
