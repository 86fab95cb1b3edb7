using AutoDiffAE.Autoencoders;
using AutoDiffAE.Cli;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
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
    [InlineData("--format pdf: there is text, markdown, latex, html, dot, listing", "x ** 2", "--shape", "x=()", "--format", "pdf")]
    [InlineData("explain: the expression has no variable", "1 + 1")]
    [InlineData("--level all: there is steps, layers, names", "x ** 2", "--shape", "x=()", "--level", "all")]
    [InlineData("--level layers: dot has all steps, text and markdown have levels", "x ** 2", "--shape", "x=()", "--level", "layers", "--format", "dot")]
    [InlineData("--order 3: there is 1 and 2", "x ** 2", "--shape", "x=()", "--order", "3")]
    [InlineData("--stop q: no value is called q; there is h", "let h = x + 1; h ** 2", "--shape", "x=()", "--stop", "q")]
    [InlineData("--layer conv: an expression has no layers", "x ** 2", "--shape", "x=()", "--layer", "conv")]
    [InlineData("explain absent/model.npz: there is no such file", "absent/model.npz")]
    [InlineData("is a folder without model.npz", ".")]
    public void What_cannot_be_told_is_refused_in_a_line(string said, params string[] args)
    {
        var (code, _, error) = Run(args);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_binding_is_a_layer_a_place_to_stop_and_a_name()
    {
        string[] layer = ["let h = tanh(x @ w); sum(h ** 2)", "--shape", "x=(n,3)", "--shape", "w=(3,4)", "--wrt", "w"];
        Assert.Contains("  h, which has dh", Run([.. layer, "--level", "layers"]).Output, StringComparison.Ordinal);
        Assert.Contains("<details><summary><code>h</code>", Run([.. layer, "--level", "layers", "--format", "markdown"]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("=", Run([.. layer, "--level", "names"]).Output, StringComparison.Ordinal);
        Assert.StartsWith("h is taken as a variable: the derivation does not go behind it", Run([.. layer[..5], "--stop", "h"]).Output, StringComparison.Ordinal);
        Assert.Contains("nothing reaches w", Run([.. layer, "--stop", "h"]).Output, StringComparison.Ordinal);
        Assert.Contains("let h : real[n,4] = tanh(%1)", Run([.. layer, "--format", "listing"]).Output, StringComparison.Ordinal);
        Assert.Contains("the Hessian times v_w", Run([.. layer, "--order", "2"]).Output, StringComparison.Ordinal);
        Assert.Contains("the second derivative with respect to x", Run("x ** 3", "--order", "2", "--shape", "x=()").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_model_is_told_by_layers_and_a_layer_by_steps()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var options = new ConvolutionalAutoencoder(6, 6, Filters: 2, FilterSize: 3, Code: 3);
            var network = options.Build();
            var store = new Store<float>();
            network.Initialize(store, new Key(1));
            TrainedAutoencoder.Save(Path.Combine(folder, "model.npz"), options, Snapshot.Of(1, 0.5, network.Parameters, store), new(0, 1));

            var (code, output, error) = Run(folder);
            Assert.Equal((0, ""), (code, error));
            Assert.Contains("code, which has dcode", output, StringComparison.Ordinal);
            Assert.Equal(output, Run(Path.Combine(folder, "model.npz")).Output);

            output = Run(folder, "--layer", "hidden").Output;
            Assert.Contains("gradient with respect to hidden_W (3, 32)", output, StringComparison.Ordinal);
            Assert.DoesNotContain("conv_W @", output, StringComparison.Ordinal);
            Assert.Contains("--layer pool: it has no parameters; conv, code, hidden, deconv learn", Run(folder, "--layer", "pool").Error, StringComparison.Ordinal);
            Assert.Contains("--layer dense: the model has no such layer; conv, code, hidden, deconv learn", Run(folder, "--layer", "dense").Error, StringComparison.Ordinal);
            Assert.Contains("--wrt q: the model has no parameter of this name, it has conv/W", Run(folder, "--wrt", "q").Error, StringComparison.Ordinal);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void A_terminal_has_colours_only_where_it_can()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(0, Program.Run(["explain", "x ** 2", "--shape", "x=()"], output, error, interactive: false));
        Assert.DoesNotContain('\u001b', output.ToString());
    }
}
