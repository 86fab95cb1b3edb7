using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Autodiff;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Program.Run(["check", .. args], output, error), output.ToString(), error.ToString());
    }

    private static (int Code, string Output) Planted(Planted table, string text, params string[] shapes)
    {
        var output = new StringWriter();
        var code = CheckRun.Execute(new Context(output, TextWriter.Null, false, false, default), new CheckRun(text, null, DeclaredShape.Parse("--shape", shapes), 0), table);
        return (code, output.ToString());
    }

    private static string[] Shapes(params string[] shapes) => [.. shapes.SelectMany(s => new[] { "--shape", s })];

    [Theory]
    [InlineData("sum(log(x) * y)", "x=(n,3)", "y=(3)")]
    [InlineData("relu(x @ w + b)", "x=(n,3)", "w=(3,k)", "b=(k)")]
    [InlineData("max(x, axis=1) - mean(x)", "x=(n,m)", "x2=(n)")]
    [InlineData("conv2d(x, w, padding=1)", "x=(n,2,5,4)", "w=(3,2,3,2)")]
    [InlineData("let s(t) = 1 / (1 + exp(-t)); s(x) ** 3", "x=()")]
    [InlineData("x[::2, 1:] * 2", "x=(4,3)")]
    public void What_is_right_passes_in_both_orders(string expression, params string[] shapes)
    {
        var run = Run([expression, .. Shapes(shapes)]);
        Assert.Equal(("", 0), (run.Error, run.Code));
        Assert.EndsWith("right", run.Output.TrimEnd());
        Assert.All(["order 1", "order 2", "symbolic", "differences", "tolerance", "holds: adjoint identity", "holds: Hessian symmetry", "holds: linearity", "seed 0"], text => Assert.Contains(text, run.Output));
        Assert.DoesNotContain("broken", run.Output);
        Assert.DoesNotContain("wrong", run.Output);
    }

    [Fact]
    public void Values_respect_domains_and_say_their_range()
    {
        var run = Run(["log(x) + acosh(y) * asin(z)", .. Shapes("x=(20)", "y=(20)", "z=(20)")]);
        Assert.Equal(0, run.Code);
        Assert.Contains("x (20): random in (0.2, 0.9)", run.Output);
        Assert.Contains("y (20): random in (1.1, 2)", run.Output);
        Assert.Contains("z (20): random in (0.2, 0.9)", run.Output);
        Assert.Contains("x (n, 3) = (2, 3): random in (-1.5, 1.5)", Run(["x", .. Shapes("x=(n,3)")]).Output);
        Assert.NotEqual(Run(["x ** 2", .. Shapes("x=(3)"), "--seed", "1"]).Output, Run(["x ** 2", .. Shapes("x=(3)"), "--seed", "2"]).Output);
    }

    [Fact]
    public void A_wrong_rule_is_named_and_the_code_is_1()
    {
        var run = Planted(new Planted("tanh", 0, (_, dx) => dx * 1.001), "sum(tanh(x @ w) * y)", "x=(n,3)", "w=(3)", "y=(n)");
        Assert.Equal(1, run.Code);
        Assert.EndsWith("wrong: the rule to blame is that of tanh", run.Output.TrimEnd());
        Assert.Contains("broken: differences: x[", run.Output);
        var rows = run.Output.Split('\n');
        Assert.EndsWith("wrong", rows.Single(r => r.StartsWith("x ", StringComparison.Ordinal) && r.Contains('[')).TrimEnd());
        Assert.EndsWith("right", rows.Single(r => r.StartsWith("y ", StringComparison.Ordinal) && r.Contains('[')).TrimEnd());
        Assert.DoesNotContain("order 2", run.Output);
    }

    /// <summary>The rule of cos serves the gradient of sin alone.</summary>
    [Fact]
    public void A_rule_that_is_wrong_in_the_second_order_only_is_named()
    {
        var run = Planted(new Planted("cos", 0, (_, dx) => -dx), "sin(x)", "x=(3)");
        Assert.Equal(1, run.Code);
        Assert.Contains("order 2", run.Output);
        Assert.EndsWith("wrong: the rule to blame is that of cos", run.Output.TrimEnd());
    }

    [Fact]
    public void Values_of_a_file_are_taken_and_kinks_among_them_told_from_faults()
    {
        var file = _folder.At("in.npz");
        Npz.Write(file, [("x", StoredArray.Of(Tensor<double>.Of([0, 1, -2], 3))), ("y", StoredArray.Of(Tensor<float>.Of([0.5f, 1, 2], 3)))]);
        var right = Run("sum(x * log(y))", "--in", file);
        Assert.Equal(0, right.Code);
        Assert.Contains("y (3): given", right.Output);
        Assert.EndsWith("right", right.Output.TrimEnd());

        var kink = Run("relu(x) * y", "--in", file);
        Assert.Equal(0, kink.Code);
        Assert.Contains("kink: slopes", kink.Output);
        Assert.Contains("a subgradient", kink.Output);
        Assert.Contains("holds: adjoint identity", kink.Output);
        Assert.DoesNotContain("order 2:", kink.Output);

        var infinite = Run("log(x)", "--in", file);
        Assert.Equal(2, infinite.Code);
        Assert.Contains("infinite or no number", infinite.Error);
    }

    [Fact]
    public void Many_elements_are_sampled_and_it_is_said()
    {
        var run = Run(["sum(sin(x))", .. Shapes("x=(30,40)")]);
        Assert.Equal(0, run.Code);
        Assert.Contains("of x 100 of 1,200 elements", run.Output);
    }

    [Fact]
    public void Variables_without_a_gradient_and_gradients_that_are_constant_are_told()
    {
        var run = Run(["x * stop_gradient(y)", .. Shapes("x=(3)", "y=(3)")]);
        Assert.Equal(0, run.Code);
        Assert.Matches(@"(?m)^y\s.*no gradient\s*$", run.Output);
        Assert.Contains("order 2: the gradients are constant", run.Output);
    }

    [Theory]
    [InlineData("sum(x", "column 6", "x=(3)")]
    [InlineData("x + y", "y is not known here, x is", "x=(3)")]
    [InlineData("1 + 2", "nothing to check")]
    [InlineData("stop_gradient(x)", "nothing to check", "x=(3)")]
    [InlineData("log(-exp(x))", "give values by --in", "x=(3)")]
    [InlineData("x", "--shape x=3", "x=3")]
    [InlineData("x", "two shapes", "x=(3)", "x=(4)")]
    public void What_cannot_be_checked_is_refused(string expression, string said, params string[] shapes)
    {
        var run = Run([expression, .. Shapes(shapes)]);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("autodiffae: ", run.Error);
        Assert.Contains(said, run.Error);
    }

    [Fact]
    public void Where_values_are_not_finite_it_is_said_which_operation_made_them_so()
    {
        var file = _folder.At("in.npz");
        Npz.Write(file, [("x", StoredArray.Of(Tensor<double>.Of([1, 0], 2)))]);
        var (plain, traced) = (Run("sum(x / x)", "--in", file), Run("sum(x / x)", "--in", file, "--trace-nonfinite"));
        Assert.Equal((2, 2), (plain.Code, traced.Code));
        Assert.Equal("", plain.Output);
        Assert.Equal(plain.Error, traced.Error);
        Assert.StartsWith("the first number that is not finite is nan, made by div, 1 of 2 elements, the first at [1]", traced.Output);
        Npz.Write(file, [("x", StoredArray.Of(Tensor<double>.Of([1, 2], 2)))]);
        var finite = Run("sum(exp(x))", "--in", file, "--trace-nonfinite");
        Assert.Equal(0, finite.Code);
        Assert.StartsWith("every number is finite", finite.Output);
    }

    [Fact]
    public void Files_that_are_not_there_are_refused()
    {
        var run = Run("x", "--in", _folder.At("no.npz"));
        Assert.Equal(2, run.Code);
        Assert.Contains("there is no such file", run.Error);
    }
}
