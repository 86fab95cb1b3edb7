using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

/// <summary>What is refused is drawn: the expression with a caret, and the shapes with the axes that meet in one column.</summary>
public sealed class ShapeDrawingTest
{
    private static void Draws(Func<Expr> build, string expected)
    {
        // What a text builds has no lines.
        var refused = Assert.Throws<ShapeException>(() => Origin.OfText(build));
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(expected.ReplaceLineEndings("\n"), $"{refused.Drawing}");
    }

    private static Expr Variable(string name, params Dim[] dims) => Origin.OfText(() => Expr.Variable(name, new Shape([.. dims])));

    [Fact]
    public void Broadcasting_is_aligned_at_the_last_axis() => Draws(
        () => Variable("x", "n", 3).Tanh() + Variable("bias", 4, 1, 5),
        """
        tanh(x) + bias
                ^
        tanh(x)     (n, 3)
        bias     (4, 1, 5)  variable
                        ^  3 and 5
        """);

    [Fact]
    public void Each_axis_that_does_not_fit_has_a_caret() => Draws(
        () => Formulas.Where(Variable("c", 7, 1, 128), Variable("a", 6, 2, 128), Variable("b", 3, 64)),
        """
        where(c, a, b)
        ^
        c  (7, 1, 128)  variable
        a  (6, 2, 128)  variable
        b     (3,  64)  variable
            ^  ^    ^  7 and 6; 2 and 3; 128 and 64
        """);

    [Fact]
    public void A_product_is_in_parentheses_where_it_would_be_written_so() => Draws(
        () => (Variable("x", 2) + 1) * Variable("y", 3),
        """
        (x + 1) * y
                ^
        x + 1  (2)
        y      (3)  variable
                ^  2 and 3
        """);

    [Fact]
    public void Of_a_matrix_product_the_inner_axes_meet() => Draws(
        () => Variable("x", "n", 3).MatMul(Variable("w", 4, 5)),
        """
        x @ w
          ^
        x  (n, 3)     variable
        w     (4, 5)  variable
               ^     3 and 4
        """);

    [Fact]
    public void And_the_leading_ones() => Draws(
        () => Variable("x", 7, "n", 3).MatMul(Variable("w", 6, 3, 10)),
        """
        x @ w
          ^
        x  (7, n, 3)      variable
        w  (6,    3, 10)  variable
            ^            7 and 6
        """);

    [Fact]
    public void A_vector_has_the_inner_axis_alone()
    {
        Draws(() => Variable("x", "n", 3).MatMul(Variable("w", 4)),
            """
            x @ w
              ^
            x  (n, 3)  variable
            w     (4)  variable
                   ^  3 and 4
            """);
        Draws(() => Variable("x", 3).MatMul(Variable("w", 4, 5)),
            """
            x @ w
              ^
            x  (3)     variable
            w  (4, 5)  variable
                ^     3 and 4
            """);
    }

    [Fact]
    public void A_reshape_counts_elements() => Draws(
        () => Variable("x", "n", 3).Reshape("n", 2, 2),
        """
        reshape(x, (n, 2, 2))
        ^
        x       (n, 3)     3*n elements; variable
        target  (n, 2, 2)  4*n elements
        """);

    [Fact]
    public void A_convolution_says_what_its_axes_are() => Draws(
        () => Variable("image", "n", 3, 5, 28).Convolve(Variable("filter", 2, 4, 7, 3)),
        """
        conv(image, filter)
        ^
        image   (n, 3, 5, 28)  batch, channels, space; variable
        filter  (2, 4, 7,  3)  filters, channels, taps; variable
                    ^  ^      3 and 4; 5 and 7
        """);

    [Fact]
    public void With_groups_a_kernel_reads_fewer_channels() => Draws(
        () => Variable("image", "n", 4, 5).Convolve(Variable("filter", 2, 4, 3), groups: 2),
        """
        conv(image, filter)
        ^
        image   (n, 4, 5)  batch, channels, space; variable
        filter  (2, 4, 3)  filters, channels of each of 2 groups, taps; variable
                    ^     4 and 2 times 4
        """);

    [Fact]
    public void What_is_joined_may_differ_along_one_axis() => Draws(
        () => Formulas.Concatenate([Variable("a", "n", 3), Variable("b", "m", 4)], 1),
        """
        concat(a, b)
        ^
        a  (n, 3)  variable
        b  (m, 4)  variable
            ^     n and m
        """);

    [Fact]
    public void A_broadcast_shows_where_it_should_go() => Draws(
        () => Variable("b", 4).BroadcastTo(Shape.Of("n", 3)),
        """
        broadcast_to(b, (n, 3))
        ^
        b          (4)  variable
        target  (n, 3)
                    ^  4 and 3
        """);

    [Fact]
    public void Other_operations_show_their_operands() => Draws(
        () => Formulas.MseLoss(Variable("a", 3, 3), Variable("b", 4)),
        """
        mse_loss(a, b)
        ^
        a  (3, 3)  variable
        b     (4)  variable
        """);

    [Fact]
    public void Operands_have_their_layers_and_lines()
    {
        var x = Expr.Variable("x", 2, 3);
        var refused = Assert.Throws<ShapeException>(() => Origin.Within("code", () => x.Tanh()) + Expr.Variable("b", 4));
        Assert.Matches(@"(?m)^tanh\(x\)  \(2, 3\)  layer code, ShapeDrawingTest\.cs:\d+$", $"{refused.Drawing}");
        Assert.Matches(@"(?m)^b           \(4\)  variable, ShapeDrawingTest\.cs:\d+$", $"{refused.Drawing}");
    }

    [Fact]
    public void A_builder_sees_it_when_nobody_catches_the_exception()
    {
        var text = Assert.Throws<ShapeException>(() => Variable("x", 2) + Variable("y", 3)).ToString();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("add of x (2)", lines[0], StringComparison.Ordinal);
        Assert.Equal(["  x + y", "    ^"], lines[1..3]);
        Assert.Contains("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_operand_is_a_word() => Assert.Contains("\ntanh(…)  (2)", $"{Assert.Throws<ShapeException>(() =>
        Enumerable.Range(0, 100).Aggregate(Variable("x", 2), (y, _) => (y * y).Tanh()) + Variable("y", 3)).Drawing}", StringComparison.Ordinal);
}
