using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class EvalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>x (2, 3), w (3), c (2), v (3) of float64, i (2) of int32, f (3) of float32.</summary>
    private readonly string _file;

    public EvalTests()
    {
        _file = _folder.At("in.npz");
        Npz.Write(_file,
        [
            ("x", StoredArray.Of(Tensor<double>.Of([1, 2, 3, 4, 5, 6], 2, 3))),
            ("w", StoredArray.Of(Tensor<double>.Of([0.5, -1, 2], 3))),
            ("c", StoredArray.Of(Tensor<double>.Of([1, 10], 2))),
            ("v", StoredArray.Of(Tensor<double>.Of([1, 2, 3], 3))),
            ("i", StoredArray.Of(Tensor<int>.Of([7, -2], 2))),
            ("f", StoredArray.Of(Tensor<float>.Of([0.25f, 1, 4], 3))),
        ]);
    }

    public void Dispose() => _folder.Dispose();

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Program.Run(args, output, error), output.ToString(), error.ToString());
    }

    private NpzFile Results(string expression, params string[] options)
    {
        var run = Run(["eval", expression, "--in", _file, "--out", _folder.At("out.npz"), .. options]);
        Assert.Equal(("", 0), (run.Error, run.Code));
        return Npz.Open(_folder.At("out.npz"));
    }

    private static double[] Of(NpzFile file, string key) => file[key].As<double>().Span.ToArray();

    private void Refused(string[] args, params string[] said)
    {
        var run = Run(["eval", .. args]);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("autodiffae: ", run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.All(said, text => Assert.Contains(text, run.Error));
    }

    [Theory]
    [InlineData("1 + 2 * 3", "out () float64\n7.\n")]
    [InlineData("-2 ** 2", "out () float64\n-4.\n")]
    [InlineData("constant(((1, 2.5), (0.01, nan)))", "out (2, 2) float64\n[[1.   2.5 ]\n [0.01  nan]]\n")]
    [InlineData("1 / constant((0, -4))", "out (2) float64\n[  inf -0.25]\n")]
    [InlineData("constant((0.1, 0.25, 3))", "out (3) float64\n[0.1  0.25 3.  ]\n")]
    [InlineData("constant((1e-9, -25))", "out (2) float64\n[ 1.0e-09 -2.5e+01]\n")]
    [InlineData("constant((1, 2, 3, 4), shape=(2, 1, 2))", "out (2, 1, 2) float64\n[[[1. 2.]]\n\n [[3. 4.]]]\n")]
    [InlineData("full((0, 2), 1)", "out (0, 2) float64\n[]\n")]
    public void Small_arrays_print_in_full_as_in_numpy(string expression, string printed)
    {
        var run = Run("eval", expression);
        Assert.Equal(("", 0), (run.Error, run.Code));
        Assert.StartsWith(printed, run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Numbers_print_with_the_digits_that_tell_them_apart()
    {
        Assert.Contains("0.1\n", Run("eval", "0.1", "--precision", "float").Output);
        Assert.Contains("0.30000000000000004", Run("eval", "0.1 + 0.2").Output);
        Assert.Equal(42, NumberColumn.Of([.. Enumerable.Range(0, 42).Select(i => Math.Pow(10, i - 21) / 3)], false)
            .Select((t, i) => double.Parse(t, System.Globalization.CultureInfo.InvariantCulture) == Math.Pow(10, i - 21) / 3).Count(same => same));
    }

    [Fact]
    public void Large_arrays_print_abridged_with_statistics()
    {
        var run = Run("eval", "full((50, 60), 2) * constant(3)");
        Assert.Contains("...", run.Output);
        Assert.Contains("3,000 elements: least 6, most 6, mean 6, deviation 0", run.Output);
        Assert.True(run.Output.Split('\n').Length < 12, run.Output);
        Assert.DoesNotContain("elements", Run("eval", "full((1000,), 2)").Output);
        Assert.Contains("; 1,001 nan, 0 infinite", Run("eval", "full((1001,), nan)").Output);
    }

    [Fact]
    public void Results_are_the_value_the_gradients_one_jvp_and_the_hessian_products()
    {
        var results = Results("sum(x * w ** 2)", "--grad", "x,w", "--grad", "w", "--jvp", "w=v", "--hvp", "w=v");
        Assert.Equal(["out", "grad_x", "grad_w", "jvp", "hvp_w"], results.Names.ToArray());
        Assert.Equal([(1 + 4) * 0.25 + (2 + 5) * 1 + (3 + 6) * 4], Of(results, "out"));
        Assert.Equal([0.25, 1, 4, 0.25, 1, 4], Of(results, "grad_x"));
        Assert.Equal([5, -14, 36], Of(results, "grad_w"));
        Assert.Equal([5 * 1 + -14 * 2 + 36 * 3], Of(results, "jvp"));
        Assert.Equal([10, 28, 54], Of(results, "hvp_w"));
        Assert.All(results.Names, n => Assert.Equal("float64", results[n].Type.Name));
    }

    [Fact]
    public void A_cotangent_weights_what_is_no_scalar()
    {
        var results = Results("x @ w ** 2", "--grad", "w", "--cotangent", "c", "--hvp", "w=v");
        Assert.Equal([2], results["out"].Sizes.ToArray());
        // The weights of x are its rows, once and ten times.
        Assert.Equal([2 * 0.5 * 41, 2 * -1 * 52, 2 * 2 * 63], Of(results, "grad_w"));
        Assert.Equal([2 * 41, 4 * 52, 6 * 63], Of(results, "hvp_w"));
    }

    [Fact]
    public void Tangents_and_directions_of_several_variables_act_together()
    {
        foreach (var options in new[] { new[] { "--jvp", "w=v,f=w", "--hvp", "w=v,f=w" }, ["--jvp", "w=v", "--jvp", "f=w", "--hvp", "w=v", "--hvp", "f=w"] })
        {
            // y = Σ w f: dy = Σ v f + w w; the Hessian exchanges the two directions.
            var results = Results("sum(w * f)", options);
            Assert.Equal([0.25 + 2 + 12 + 0.25 + 1 + 4], Of(results, "jvp"));
            Assert.Equal([0.5, -1, 2], Of(results, "hvp_w"));
            Assert.Equal([1, 2, 3], Of(results, "hvp_f"));
        }
    }

    [Fact]
    public void Integers_and_floats_of_either_width_are_numbers_and_float_is_float()
    {
        Assert.Equal([14, -4], Of(Results("2 * i"), "out"));
        var single = Results("f / 3", "--precision", "float", "--threads", "1", "--device", "cpu");
        Assert.Equal("float32", single["out"].Type.Name);
        Assert.Equal(0.25f / 3, single["out"].As<float>().Span[0]);
    }

    [Fact]
    public void Sizes_with_names_are_bound_to_the_arrays() =>
        Assert.Equal([2, 2, 2], Of(Results("full((k,), size(n))", "--shape", "x=(n, k)"), "out"));

    [Fact]
    public void Exponents_of_1_and_2_are_exact() =>
        Assert.Equal([2, 4, 6, 8, 10, 12], Of(Results("sum(x ** 2)", "--grad", "x"), "grad_x"));

    [Theory]
    [InlineData("x + c", "column 3", "    ^")]
    [InlineData("1 +", "column 4", "     ^")]
    [InlineData("y", "column 1: y is not known here, c, f, i, v, w, x are", "  ^")]
    [InlineData("sum(x, axis=2)", "axis 2 does not exist", "  ^")]
    [InlineData("let a = x\n@", "line 2, column 1", "  ^")]
    public void What_is_no_expression_is_pointed_at(string expression, string said, string caret)
    {
        var run = Run("eval", expression, "--in", _file);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("autodiffae: ", run.Error);
        Assert.Contains(said, run.Error);
        Assert.Equal(caret, run.Error.TrimEnd().Split('\n')[2].TrimEnd('\r'));
    }

    [Fact]
    public void The_operands_of_a_refused_operation_stand_under_the_caret() => Assert.Equal(
        """
        autodiffae: column 3: mul of x (2, 3) and c (2): do not broadcast: aligned at the last axis, lengths must be equal or 1
          x * c
            ^
          x  (2, 3)  variable
          c     (2)  variable
                 ^  3 and 2

        """, Run("eval", "x * c", "--in", _file).Error.ReplaceLineEndings("\n"));

    [Fact]
    public void The_first_number_that_is_not_finite_is_traced_behind_the_results()
    {
        string[] asked = ["eval", "sum(log(f - 0.5) * v)", "--in", _file, "--grad", "f"];
        var (plain, traced) = (Run(asked), Run([.. asked, "--trace-nonfinite"]));
        Assert.Equal((0, ""), (traced.Code, traced.Error));
        Assert.StartsWith(plain.Output, traced.Output, StringComparison.Ordinal);
        Assert.Equal(
            """
            the first number that is not finite is nan, made by log, 1 of 3 elements, the first at [0]
              out = sum(log(f - 0.5) * v, axis=0)
                        ^^^^^^^^^^^^
              f - 0.5 (3) is -0.25 to 3.5, here -0.25
              in the forward pass
            out () is nan, as written and compiled

            """, traced.Output[plain.Output.Length..].ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_rule_that_makes_an_infinity_is_named_with_its_step()
    {
        var run = Run("eval", "sum(sqrt(x - 1))", "--in", _file, "--grad", "x", "--trace-nonfinite", "--precision", "float");
        Assert.Contains("in step 2 of the derivation, by the rule of sqrt for sqrt(x - 1): y = sqrt(x): dx = dy * (0.5 / y)", run.Output);
        Assert.Contains("made by div, 1 of 6 elements, the first at [0, 0]", run.Output);
        // The same numbers as in the derivation that is told.
        var told = Run("explain", "sum(sqrt(x - 1))", "--shape", "x=(2,3)").Output;
        Assert.Matches(@"(?m)^  2\. h1 = sqrt\(a1\)", told);
    }

    [Fact]
    public void A_derivation_at_values_of_a_file_is_traced_too()
    {
        var run = Run("explain", "sum(log(c - 1))", "--in", _file, "--trace-nonfinite");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("gradient with respect to c", run.Output);
        Assert.Contains("the first number that is not finite is -inf, made by log, 1 of 2 elements, the first at [0]", run.Output);
        var without = Run("explain", "sum(log(c))", "--shape", "c=(2)", "--trace-nonfinite");
        Assert.Equal((2, "autodiffae: --trace-nonfinite: a file with values for the variables is needed, by --in\n"), (without.Code, without.Error.ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("sum(x)", "every number is finite, those in between too")]
    [InlineData("log(1 + exp(1000 * w))", "the compiled function is finite where the formula as written is not")]
    [InlineData("where(w > 0, log(w), 0)", "all results are finite, as written and compiled: what reads it does not take it")]
    public void What_comes_to_no_result_is_said_so(string expression, string said)
    {
        var run = Run("eval", expression, "--in", _file, "--trace-nonfinite");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains(said, run.Output);
    }

    [Fact]
    public void Misuse_is_told_in_one_line_that_says_what_there_is()
    {
        Refused([], "an expression is needed");
        Refused(["--batch", _file, "--trace-nonfinite"], "--trace-nonfinite traces one expression");
        Refused(["x", "--in", _folder.At("no.npz")], "no.npz: there is no such file");
        Refused(["x", "--in", _folder.Holding("text.npz", 1, 2, 3)], "text.npz", "no .npz file");
        Refused(["x", "--in", _file, "--grad", "x"], "(2, 3)", "cotangent");
        Refused(["x", "--in", _file, "--hvp", "x=x"], "(2, 3)", "cotangent");
        Refused(["x @ w", "--in", _file, "--grad", "x", "--cotangent", "v"], "cotangent v", "(3)", "(2)");
        Refused(["x @ w", "--in", _file, "--grad", "x", "--cotangent", "d"], "no array named d, it has x, w, c, v, i, f");
        Refused(["sum(x * w)", "--in", _file, "--grad", "c"], "grad c", "has no variable c, it has w, x");
        Refused(["sum(x)", "--in", _file, "--jvp", "w=v"], "has no variable w, it has x");
        Refused(["sum(x)", "--in", _file, "--jvp", "x=v"], "v has the shape (3), x has (2, 3)");
        Refused(["sum(x)", "--in", _file, "--jvp", "x=d"], "no array named d");
        Refused(["sum(x)", "--in", _file, "--jvp", "x"], "--jvp x", "--jvp x=v");
        Refused(["sum(x)", "--in", _file, "--jvp", "x=x,x=x"], "x is given two");
        Refused(["sum(x)", "--in", _file, "--hvp", "x=v"], "v has the shape (3), x has (2, 3)");
        Refused(["sum(stop_gradient(x))", "--in", _file, "--grad", "x"], "does not depend on x");
        Refused(["stop_gradient(x)", "--in", _file, "--jvp", "x=x"], "does not depend on x");
        Refused(["1", "--cotangent", "c"], "--in FILE");
        Refused(["x", "--in", _file, "--precision", "half"], "half", "double or float");
        Refused(["take(w, i)", "--in", _file], "take: the index 7", "length 3");
        Refused(["uniform((2,), step=0.5)"], "the step is 0.5", "whole number");
        Refused(["x", "--in", _file, "--device", "abacus"], "abacus", "there is cpu");
        Refused(["x", "--in", _file, "--threads", "0"], "--threads 0");
        Refused(["x", "--in", _file, "--shape", "x"], "--shape x", "x=(n,3)");
        Refused(["x", "--in", _file, "--shape", "x=(2n)"], "2n is no length");
        Refused(["x", "--in", _file, "--shape", "x=(n)"], "x has the shape (2, 3)");
        Refused(["x", "--in", _file, "--shape", "x=(n,n)"], "x has the shape (2, 3), and n is 2");
        Refused(["x", "--in", _file, "--shape", "x=(3,3)"], "x has the shape (2, 3)");
        Refused(["x", "--in", _file, "--shape", "d=(3)"], "no array named d");
        Refused(["x", "--in", _file, "--shape", "x=(2,3)", "--shape", "x=(2,3)"], "two shapes");
        Refused(["x", "--in", _file, "--out", _folder.At("no/out.npz")], "cannot be written");
        Refused(["full((100000, 100000), 1)"], "too large");
        Refused(["x", "--wings", "2"], "eval --help");
        Refused(["--batch", _folder.At("no.jsonl")], "there is no such file");
        Refused(["1", "--batch", _file], "EXPR", "in each line");
        Refused(["--batch", _file, "--in", _file], "--in", "in each line");
    }

    [Theory]
    [InlineData("eval")]
    [InlineData("check")]
    public void Help_has_an_example(string verb)
    {
        var run = Run(verb, "--help");
        Assert.Equal(0, run.Code);
        Assert.Contains($"autodiffae {verb} \"", run.Output);
        Assert.Contains("--shape <X=(N,3)>", run.Output);
    }
}
