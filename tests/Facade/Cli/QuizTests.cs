using AutoDiffAE.Cli;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class QuizTests
{
    private static (int Code, string Output, string Error) Run(string said, params string[] args)
    {
        using StringWriter output = new(), error = new();
        using var input = new StringReader(said);
        var code = Program.Run(["quiz", .. args], output, error, input: input);
        return (code, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }

    /// <summary>What comes after the first question.</summary>
    private static string Answered((int Code, string Output, string Error) run)
    {
        Assert.Equal((0, ""), (run.Code, run.Error));
        return run.Output[run.Output.IndexOf("\n> ", StringComparison.Ordinal)..].Trim();
    }

    [Fact]
    public void A_question_shows_the_derivation_without_one_step()
    {
        var (code, output, _) = Run("", "20");
        Assert.Equal(0, code);
        Assert.Contains("exercise 20 of 30: a matrix product: the right factor", output, StringComparison.Ordinal);
        Assert.Contains("dh1 = broadcast_to(dcost, (n, 4))", output, StringComparison.Ordinal);
        Assert.Contains("which rule?", output, StringComparison.Ordinal);
        Assert.Contains("dw = ?  of the shape (3, 4)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("matmul", output, StringComparison.Ordinal);
        Assert.EndsWith("the input ended: no question was answered; come again\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversation_from_a_pipe_reads_well() => Assert.Equal("""
        > dy @ w
        column 4: matmul of dy (n, 4) and w (3, 4): the inner lengths 4 and 3 differ
          dy @ w
             ^
        this is no answer yet; try again
        > transpose(dy) @ x
        not yet: the shape (4, 3) came, and dw needs (3, 4); the axes are there in the opposite order: transpose it
        > -(transpose(x) @ dy)
        not yet: the sign is the other way round
        > 
        dw = ?  an expression, hint, skip or quit
        > dw = transpose(x) @ dy
        right: the laws make both the same expression
        dw = transpose(x) @ dy

        1 of 1 right
        """.ReplaceLineEndings("\n"), Answered(Run("dy @ w\ntranspose(dy) @ x\n-(transpose(x) @ dy)\n\ndw = transpose(x) @ dy\n", "20")));

    [Fact]
    public void Hints_name_the_rule_then_say_it_then_answer() => Assert.Equal("""
        > hint
        hint: the rule is that of broadcast
        > ?
        hint: y repeats x: dx is the sum of dy over the copies
              (sum over axis 0 because b was broadcast from (3) to (n, 3))
        > hint
        db = sum(db_wide, axis=0)

        0 of 1 right
        """.ReplaceLineEndings("\n"), Answered(Run("hint\n?\nhint\n", "15")));

    [Fact]
    public void Each_equation_of_an_expression_is_asked_for_in_turn()
    {
        var said = Answered(Run("hint\ncos(a)\nskip\n", "let a = x ** 2; sin(a)", "--shape", "x=()", "--wrt", "x"));
        Assert.Contains("right: the laws make both the same expression\nda = dcost * cos(a)\n\nquestion 2 of 2: dx from a = x ** 2\n", said, StringComparison.Ordinal);
        Assert.Contains("da = dcost * cos(a)", said[said.IndexOf("question 2", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.EndsWith("1 of 2 right, 1 of them with hints", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_number_all_exercises_are_asked()
    {
        var said = Run(string.Concat(Enumerable.Repeat("skip\n", 30))).Output;
        Assert.All(Enumerable.Range(1, 30), n => Assert.Contains($"exercise {n} of 30: ", said, StringComparison.Ordinal));
        Assert.EndsWith("0 of 30 right\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void One_may_leave() => Assert.Equal("> quit\nno question was answered; come again", Answered(Run("quit\n")));

    [Fact]
    public void An_interruption_is_heard_while_a_line_is_waited_for()
    {
        using StringWriter output = new();
        Assert.Equal(130, Program.Run(["quiz", "1"], output, TextWriter.Null, new CancellationToken(canceled: true), input: new StringReader("1\n")));
    }

    [Fact]
    public void A_terminal_is_prompted_and_echoes_itself()
    {
        using StringWriter output = new();
        Assert.Equal(0, Program.Run(["quiz", "1"], output, TextWriter.Null, interactive: true, input: new StringReader("2 * x\n")));
        Assert.Contains("\n> ", output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("> 2 * x", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 of 1 right", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Exercises_are_listed()
    {
        var lines = Run("", "--list").Output.TrimEnd().Split('\n');
        Assert.Equal(30, lines.Length);
        Assert.Matches(@"^ 1  the square +dx of x \*\* 2$", lines[0]);
        Assert.StartsWith("30  attention", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quiz 31: the exercises have the numbers 1 to 30", "31")]
    [InlineData("quiz 0: the exercises have the numbers 1 to 30", "0")]
    [InlineData("quiz: --wrt belongs to an expression, and 3 is an exercise's number", "3", "--wrt", "x")]
    [InlineData("quiz: --shape belongs to an expression, and there is none", "--shape", "x=()")]
    [InlineData("quiz: the expression has no variable z, it has x", "x ** 2", "--shape", "x=()", "--wrt", "z")]
    [InlineData("quiz: the expression has nothing to derive", "1 + 1")]
    public void What_cannot_be_asked_is_refused_in_a_line(string said, params string[] args)
    {
        var (code, _, error) = Run("", args);
        Assert.Equal(2, code);
        Assert.Contains(said, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
