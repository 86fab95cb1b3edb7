using AutoDiffAE.Reading.Quiz;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

public sealed class JudgeTest
{
    private static readonly HiddenEquation Kernel = new Exercise("", "let y = x @ w; sum(tanh(y))", [("x", ["n", 3]), ("w", [3, 4])], ["w"], "dw").Hide();

    private static readonly HiddenEquation Bias = new Exercise("", "let a = x + b; sum(a ** 2)", [("x", ["n", 3]), ("b", [3])], ["b"], "db").Hide();

    private static string Said(HiddenEquation question, string answer) => string.Join("\n", Verdicts.Of(Judge.Of(question, answer), question).Select(r => r.Text));

    [Fact]
    public void Laws_prove_what_they_can_and_values_the_rest()
    {
        Assert.Equal(new Judgement.Right(ByLaws: true), Judge.Of(Kernel, "permute(x, (1, 0)) @ dy"));
        Assert.Equal(new Judgement.Right(ByLaws: false), Judge.Of(Kernel, "transpose(x) @ (1 / cosh(y) ** 2)"));
    }

    [Fact]
    public void A_sign_and_a_factor_are_recognised()
    {
        Assert.Equal("not yet: the sign is the other way round", Said(Kernel, "-(transpose(x) @ dy)"));
        Assert.Equal("not yet: it is 0.5 times what is needed", Said(Kernel, "transpose(x) @ dy / 2"));
        Assert.StartsWith("not yet: at a random point its element [", Said(Kernel, "transpose(x) @ dy / size(n)"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_shape_is_told_with_what_would_mend_it()
    {
        Assert.Equal("not yet: the shape (4, 3) came, and dw needs (3, 4); the axes are there in the opposite order: transpose it", Said(Kernel, "transpose(dy) @ x"));
        Assert.Equal("not yet: the shape (n, 3) came, and db needs (3); axis 0 was repeated forwards, so there is a sum over it backwards", Said(Bias, "da"));
        Assert.Equal("not yet: the shape () came, and db needs (3); repeat it, as broadcast_to(…, (3)) does", Said(Bias, "sum(da)"));
        Assert.Equal("not yet: the shape (n, 4) came, and db needs (3)", Said(Bias, "da @ broadcast_to(1, (3, 4))"));
    }

    [Fact]
    public void What_does_not_parse_is_shown_with_a_caret()
    {
        Assert.Equal("column 16: ',' or ')' was expected, the end found\n  transpose(x @ y\n                 ^\nthis is no answer yet; try again", Said(Kernel, "transpose(x @ y"));
        Assert.Contains("matmul of dy (n, 4) and w (3, 4): the inner lengths 4 and 3 differ", Said(Kernel, "dy @ w"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_for_is_not_known_yet() => Assert.Contains("dw is not known here", Said(Kernel, "dw"), StringComparison.Ordinal);

    /// <summary>The cotangent of the cost is 1, but it is a value, and a value is not repeated by itself.</summary>
    [Fact]
    public void A_number_is_repeated_and_a_value_is_not()
    {
        var question = new Exercise("", "let s = x ** 2; sum(s)", [("x", ["n"])], ["x"], "ds").Hide();
        Assert.IsType<Judgement.Right>(Judge.Of(question, "1"));
        Assert.IsType<Judgement.WrongShape>(Judge.Of(question, "dcost"));
        Assert.IsType<Judgement.Wrong>(Judge.Of(question, "2"));
    }

    /// <summary>exp(2 log x) is x² for positive x alone.</summary>
    [Fact]
    public void What_is_right_at_some_points_alone_is_not_right()
    {
        var question = new Exercise("", "x ** 3", [("x", [])], ["x"], "dx").Hide();
        Assert.IsType<Judgement.Right>(Judge.Of(question, "3 * x ** 2"));
        Assert.IsType<Judgement.Wrong>(Judge.Of(question, "3 * exp(2 * log(x))"));
        Assert.IsType<Judgement.Wrong>(Judge.Of(question, "3 * x * abs(x)"));
    }

    [Fact]
    public void What_is_finite_nowhere_is_not_judged()
    {
        Assert.Equal("at none of the points tried is it finite, so this cannot be judged",
            Said(new Exercise("", "let a = log(-1 - x ** 2); a * x", [("x", [])], ["x"], "dx").Hide(), "2"));
    }
}
