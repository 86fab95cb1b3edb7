using AutoDiffAE.Cli;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class ExplainTests
{
    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = Program.Run(["explain", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }

    [Theory]
    [InlineData("text", "dw = permute(x, (1, 0)) @ dp1")]
    [InlineData("markdown", "* `dw = permute(x, (1, 0)) @ dp1`, of shape `(3, 4)`")]
    [InlineData("latex", @"\bar{w} &\mathrel{=} x^{\top} \bar{p}_{1}")]
    [InlineData("html", "<code>dw = permute(x, (1, 0)) @ dp1</code>")]
    [InlineData("dot", "label=\"dw = permute(x, (1, 0)) @ dp1\"")]
    public void Every_format_tells_the_same(string format, string part)
    {
        var (code, output, error) = Run("sum(tanh(x @ w))", "--shape", "x=(n,3)", "--shape", "w=(3,4)", "--wrt", "w", "--format", format);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_said_to_be_symmetric_is_its_transpose()
    {
        string[] form = ["x @ B @ x", "--shape", "x=(3)", "--shape", "B=(3,3)", "--wrt", "x"];
        Assert.Contains("  in matrix form: (B + B.T) @ x\n", Run(form).Output, StringComparison.Ordinal);
        Assert.Contains("  in matrix form: 2 * B @ x\n", Run([.. form, "--symmetric", "B"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--symmetric x: a variable of the shape (3) is no square matrix", "sum(x)", "--shape", "x=(3)", "--symmetric", "x")]
    [InlineData("--symmetric z: the expression has no variable of this name", "sum(x)", "--shape", "x=(3)", "--symmetric", "z")]
    [InlineData("--wrt z: the expression has no variable of this name, it has x", "x ** 2", "--shape", "x=()", "--wrt", "z")]
    [InlineData("--format pdf: there is text, markdown, latex, html, dot", "x ** 2", "--shape", "x=()", "--format", "pdf")]
    [InlineData("explain: the expression has no variable", "1 + 1")]
    public void What_cannot_be_told_is_refused_in_a_line(string said, params string[] args)
    {
        var (code, _, error) = Run(args);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}
