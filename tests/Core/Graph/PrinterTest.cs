using AutoDiffAE.Graph;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

public sealed class PrinterTest
{
    private static readonly Expr X = Expr.Variable("x", "n", 3);
    private static readonly Expr W = Expr.Variable("w", 3, 2);
    private static readonly Expr B = Expr.Variable("b", 2);

    [Fact]
    public void Formulas_print_as_a_person_writes_them()
    {
        Assert.Equal("x @ w + b", (X.MatMul(W) + B).ToString());
        Assert.Equal("(x + 1) * 2", ((X + 1) * 2).ToString());
        Assert.Equal("x - (x - 1)", (X - (X - 1)).ToString());
        Assert.Equal("x / (x * x)", (X / (X * X)).ToString());
        Assert.Equal("-tanh(x)", (-X.Tanh()).ToString());
        Assert.Equal("sum(x, axis=(0, 1))", X.Sum().ToString());
        Assert.Equal("where(x > 0, x, 0)", Formulas.Where(Expr.Greater(X, 0), X, 0).ToString());
    }

    [Fact]
    public void Attributes_print_as_the_language_reads_them()
    {
        var image = Expr.Variable("image", "n", 2, 6, 6);
        var kernel = Expr.Variable("kernel", 4, 2, 3, 3);
        Assert.Equal("x[:, ::-1]", X.Flip(1).ToString());
        Assert.Equal("pad(x, ((0, 0), (1, 2)))", X.Pad((0, 0), (1, 2)).ToString());
        Assert.Equal("conv2d(image, kernel, stride=2, padding=1)", image.Convolve(kernel, [new(2, 1, 1, 1), new(2, 1, 1, 1)]).ToString());
        Assert.Equal("mean(x, axis=1, keepdims=true)", X.Mean([1], true).ToString());
        Assert.Equal("max_pool(image, (2, 2))", image.MaxPool(2, 2).ToString());
        Assert.Equal("broadcast_to(b, (3, 2)) + b", (B.BroadcastTo([3, 2]) + B).ToString());
        Assert.Equal("chain(x, -0)", Expr.Call<Scalars.Chain>(X, -0.0).ToString());
        Assert.Equal("let twice(x) = x + x\ntwice(x)", Definition.Apply("twice", [X], p => p[0] + p[0]).ToString());
    }

    [Fact]
    public void A_value_that_is_used_twice_is_named_once()
    {
        var y = X.Tanh().Named("y");
        Assert.Equal("let y = tanh(x)\ny * y", (y * y).ToString());
    }

    [Fact]
    public void Products_of_negative_numbers_and_sums_keep_their_parentheses()
    {
        Assert.Equal("x * -2", (X * -2).ToString());
        Assert.Equal("-(x + 1)", (-(X + 1)).ToString());
    }
}
