using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

/// <summary>What pooling promises beyond the values of single cases.</summary>
public sealed class PoolingTest
{
    private static readonly PoolWindow[] Windows = [new(2, 3, 1), new(2, null, 1), new(2, 1, 1), new(3, 5, 1), new(1, 4)];

    /// <summary>A length that is named has the windows that the number has, at both roundings of their count.</summary>
    [Fact]
    public void A_named_length_pools_as_the_number_does()
    {
        foreach (var window in Windows)
            foreach (var ceil in (bool[])[false, true])
                for (var n = 1; n <= 9; n++)
                {
                    var values = Tensor<double>.Of(Enumerable.Range(0, n).Select(i => (double)((i * 5 + 3) % 7)), n);
                    double[][] Pooled(Expr x) => [.. new Compiled<double>().Evaluate(
                        [x.MaxPool([window], ceil), x.AveragePool([window], ceil), x.AveragePool([window], ceil, countPadding: false)], [(x, values)])
                        .Select(y => y.Span.ToArray())];
                    Assert.Equal(Pooled(Expr.Variable("x", n)), Pooled(Expr.Variable("x", "n")));
                }
    }

    [Fact]
    public void Windows_that_tile_are_a_reshape_and_a_maximum()
    {
        var pooled = (Op.Call)Expr.Variable("x", "n", 3, 8, 9).MaxPool([2, 3]).Op;
        Assert.DoesNotContain(Traversal.Topological([pooled.Definition.Body]), e => e.Op is Op.Windows);
    }

    [Fact]
    public void The_first_of_tied_maxima_has_the_cotangent_however_windows_lie()
    {
        var x = Expr.Variable("x", 4, 4);
        var zeros = Tensor<double>.Full(0, 4, 4);
        double[] Gradient(Expr y) => [.. Oracle.Evaluate(AutoDiffAE.Gradient.Of(y.Sum(), x), [(x, zeros)]).Span];
        Assert.Equal([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0], Gradient(x.MaxPool(2, 2)));
        Assert.Equal([4, 2, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Gradient(x.MaxPool([new PoolWindow(3, 1, 1), new PoolWindow(3, 1, 1)]).Slice(new StridedRange(0, 3), new StridedRange(0, 3))));
        Assert.Equal([1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0], Gradient(x.AdaptiveMaxPool(3, 3)));
    }

    [Fact]
    public void Global_poolings_leave_images_and_channels()
    {
        var x = Expr.Variable("x", "n", 2, 2, 2);
        var values = Tensor<double>.Of(Enumerable.Range(0, 8).Select(i => (double)(i * i)), 1, 2, 2, 2);
        Assert.Equal([9, 49], Oracle.Evaluate(x.GlobalMaxPool(), [(x, values)]).Span.ToArray());
        Assert.Equal([14, 126], Oracle.Evaluate(x.GlobalSumPool(), [(x, values)]).Span.ToArray());
        Assert.Equal([3.5, 31.5], Oracle.Evaluate(x.GlobalAveragePool(), [(x, values)]).Span.ToArray());
    }
}
