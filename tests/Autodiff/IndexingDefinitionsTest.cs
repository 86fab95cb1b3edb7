using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>What the definitions over indices are worth, value by value: interpreted, and compiled in both precisions.</summary>
public sealed class IndexingDefinitionsTest
{
    private static readonly IEvaluator[] Evaluators = [new Interpreted(), new Compiled<double>(), new Compiled<float>()];

    private static readonly Dictionary<string, (double[] Values, int[] Sizes)> Arrays = new()
    {
        ["x"] = ([1, 2, 3, 4, 5, 6], [2, 3]),
        ["v"] = ([2, double.NaN, 0, 2, -1, 2], [6]),
        ["i"] = ([2, 0, -1, -3], [2, 2]),
        ["same"] = ([1, 1, -2], [3]),
        ["two"] = ([10, 20, 30, 40], [2, 2]),
        ["three"] = ([10, 20, 30], [3]),
        ["k"] = ([0, 2, 5, -1], [4]),
    };

    [Theory]
    [InlineData("take(x, constant((1, -1)), axis=1)", "2 3 5 6")]
    [InlineData("take(x, constant((5, -6)))", "6 1")]
    [InlineData("take(x, 1, axis=0)", "4 5 6")]
    [InlineData("take_along_axis(x, i, axis=1)", "3 1 6 4")]
    [InlineData("take_along_axis(x, constant((1, 0, -1), shape=(1, 3)), axis=0)", "4 2 6")]
    [InlineData("take_along_axis(x, constant((2,), shape=(1, 1)), axis=1)", "3 6")]
    [InlineData("gather(x, 1, i)", "3 1 6 4")]
    [InlineData("index_select(x, 1, constant((0, 0)))", "1 1 4 4")]
    [InlineData("scatter_add(x, 1, i, two)", "21 2 13 44 5 36")]
    [InlineData("scatter_add(three, 0, same, three)", "10 80 30")]
    [InlineData("scatter(x, 1, i, two)", "20 2 10 40 5 30")]
    [InlineData("scatter(three, 0, same, constant((7, 8, 9)))", "10 9 30")]
    [InlineData("scatter(three, 0, constant((1, 0, 1)), constant((7, inf, 9)))", "∞ 9 30")]
    [InlineData("put_along_axis(three, constant((0,)), 5 + 0 * constant((1,)), axis=0)", "5 20 30")]
    [InlineData("index_add(three, 0, same, three)", "10 80 30")]
    [InlineData("one_hot(k, 3)", "1 0 0 0 0 1 0 0 0 0 0 0")]
    [InlineData("embedding(constant((1, 0, 1)), x)", "4 5 6 1 2 3 4 5 6")]
    [InlineData("masked_fill(x, x > 3, -1)", "1 2 3 -1 -1 -1")]
    [InlineData("argsort(v)", "4 2 0 3 5 1")]
    [InlineData("argsort(v, descending=true)", "1 0 3 5 2 4")]
    [InlineData("sort(v)", "-1 0 2 2 2 NaN")]
    [InlineData("sort(v, descending=true)", "NaN 2 2 2 0 -1")]
    [InlineData("sort(x, axis=0, descending=true)", "4 5 6 1 2 3")]
    [InlineData("topk(x, 2)", "3 2 6 5")]
    [InlineData("topk(x, 1, axis=0, largest=false)", "1 2 3")]
    [InlineData("argtopk(three, 2)", "2 1")]
    [InlineData("argmax(v)", "1")]
    [InlineData("argmin(v)", "1")]
    [InlineData("argmax(v[2:])", "1")]
    [InlineData("argmin(x, axis=1)", "0 0")]
    [InlineData("argmax(x)", "5")]
    [InlineData("argmax(x, axis=0, keepdims=true)", "1 1 1")]
    [InlineData("argmax(constant((-inf, -inf)))", "0")]
    [InlineData("x[constant((1, 0, -1)), constant((2, 0, -3))]", "6 1 4")]
    [InlineData("x[:, constant((2, 0))]", "3 1 6 4")]
    [InlineData("x[1, constant((2, 0))]", "6 4")]
    [InlineData("x[constant((1, 0)), 1:]", "5 6 2 3")]
    [InlineData("x[i < 0, none]", "1 2 3 1 2 3 4 5 6 4 5 6")]
    public void Values(string text, string wanted)
    {
        double[] values = [.. wanted.Split(' ').Select(v => v switch { "∞" => double.PositiveInfinity, "-∞" => double.NegativeInfinity, _ => double.Parse(v, CultureInfo.InvariantCulture) })];
        var variables = Arrays.ToDictionary(a => a.Key, a => Expr.Variable(a.Key, Shape.Of(a.Value.Sizes)));
        var e = Parser.Parse(text, variables);
        foreach (var evaluator in Evaluators)
            Assert.Equal(values, evaluator.Evaluate([e], [.. Arrays.Select(a => (variables[a.Key], Tensor<double>.Of(a.Value.Values, a.Value.Sizes)))])[0].Span.ToArray());
    }

    [Fact]
    public void Shapes_are_those_of_numpy()
    {
        var (x, i, w) = (Expr.Variable("x", "n", 3, 4), Expr.Variable("i", "m", 2), Expr.Variable("w", 10, "d"));
        Assert.Equal(Shape.Of("n", "m", 2, 4), x.Take(i, 1).Shape);
        Assert.Equal(Shape.Of("m", 2, "d"), i.Embedding(w).Shape);
        Assert.Equal(Shape.Of("m", 2, 4), x.At([i, i.Slice(1, new(0, 1))]).Shape);
        Assert.Equal(Shape.Of("n", "m", 2), x.At([i, i], axis: 1).Shape);
        Assert.Equal(Shape.Of("n", 4), x.ArgMax(1).Shape);
        Assert.Equal(Shape.Of(1, 1, 1), x.ArgMax(keepDims: true).Shape);
        Assert.Equal(Shape.Of("n", 2, 4), x.TopK(2, 1).Shape);
        Assert.Equal(Shape.Of("m", 2, 7), i.OneHot(7).Shape);
        Assert.Equal(Shape.Of("n", 5, 4), Expr.Variable("j", 1, 5, 1) is var j ? x.TakeAlong(j, 1).Shape : x.Shape);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_would()
    {
        var (x, i) = (Expr.Variable("x", "n", 3), Expr.Variable("i", 2, 2));
        static void Refused(string part, Func<Expr> build) => Assert.Contains(part, Assert.Throws<ShapeException>(build).Message, StringComparison.Ordinal);
        Refused("axis 2 does not exist", () => x.Take(i, 2));
        Refused("shared leading lengths differ", () => x.Take(i, 1, 1));
        Refused("stand before axis 0", () => x.Take(i, 0, 1));
        Refused("no axis 3", () => Expr.Of(new Op.ArgSort(3), x));
        Refused("i (2, 2)", () => Expr.Of(new Op.Gather(1, 1), x, i));
        Refused("from axis 0 on", () => Expr.Of(new Op.ScatterAdd(0, 0, 4), i, Expr.Variable("y", 2, 3)));
        Refused("cannot have the length", () => Expr.Of(new Op.ScatterAdd(0, 0, (Dim)"n" - 5), i, Expr.Variable("y", 2, 2)));
        Refused("same number of axes", () => x.TakeAlong(Expr.Variable("j", 2), 0));
        Refused("do not broadcast", () => x.TakeAlong(Expr.Variable("j", 5, 2), 0));
        Refused("more places than in x", () => Expr.Variable("one", 1, 3).PutAlong(Expr.Variable("j", 5, 2), Expr.Variable("y", 5, 2), 1));
        Refused("a value for each index", () => x.AddAlong(Expr.Variable("j", "n", 2), Expr.Variable("y", "n", 5), 1));
        Refused("3 indices", () => x.At([i, i, i]));
        Refused("do not lie within axis 1", () => x.TopK(4));
        Refused("do not lie within axis 0", () => x.TopK(4, 0));
    }

    [Fact]
    public void Indices_are_disconnected()
    {
        var (x, i) = (Expr.Variable("x", 3), Expr.Variable("i", 2));
        foreach (var e in (Expr[])[x.Take(i, 0), x.TakeAlong(i, 0), x.PutAlong(i, i.StopGradient(), 0), i.Embedding(Expr.Variable("w", 3, 2)), i.ArgSort(0), i.ArgMax(), i.ArgMin(), i.OneHot(3)])
            Assert.Throws<DisconnectedException>(() => Gradient.Of(e.Sum(), i));
    }

    [Fact]
    public void Of_values_written_to_one_place_the_last_has_the_cotangent()
    {
        var (x, y) = (Expr.Variable("x", 3), Expr.Variable("y", 3));
        var written = x.PutAlong(Expr.Constant(Tensor<double>.Of([2, -1, 0], 3)), y, 0);
        var g = Gradient.Of((written * Expr.Constant(Tensor<double>.Of([5, 7, 11], 3))).Sum(), [x, y]);
        foreach (var evaluator in Evaluators)
        {
            var found = evaluator.Evaluate(g, [(x, Tensor<double>.Full(1, 3)), (y, Tensor<double>.Full(double.PositiveInfinity, 3))]);
            Assert.Equal([0, 7, 0, 0, 11, 5], found.SelectMany(f => f.Span.ToArray()));
        }
    }
}
