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
        Assert.Equal("where(greater(x, 0), x, 0)", Formulas.Where(Expr.Greater(X, 0), X, 0).ToString());
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
