using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Reading;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading.Matrices;

/// <summary>A gradient's matrix form says what the gradient does, and says it as a person would.</summary>
public sealed class MatrixFormTest
{
    private static Derivation Derived(string cost, string wrt)
    {
        Dictionary<string, Expr> variables = new()
        {
            ["X"] = Expr.Variable("X", "n", 5), ["W"] = Expr.Variable("W", 5, 4), ["Y"] = Expr.Variable("Y", "n", 4), ["b"] = Expr.Variable("b", 4),
            ["w"] = Expr.Variable("w", 5), ["y"] = Expr.Variable("y", "n"), ["lam"] = Expr.Variable("lam"), ["V"] = Expr.Variable("V", 4, 5), ["k"] = Expr.Variable("k", 1, 4),
            ["S"] = Expr.Variable("S", 3, 3), ["u"] = Expr.Variable("u", 3), ["det"] = Expr.Variable("det", 3),
        };
        return Derivation.Of(Parser.Parse(cost, variables), variables[wrt]);
    }

    [Theory]
    [InlineData("least squares", "sum((X @ W - Y) ** 2)", "W", "2 * X.T @ (X @ W - Y)", @"2 X^{\top} \left(X W - Y\right)")]
    [InlineData("of the data", "sum((X @ W - Y) ** 2)", "X", "2 * (X @ W - Y) @ W.T", @"2 \left(X W - Y\right) W^{\top}")]
    [InlineData("the mean", "mean((X @ w - y) ** 2)", "w", "2 * X.T @ (X @ w - y) / size(n)", @"\frac{2}{n} \, X^{\top} \left(X w - y\right)")]
    [InlineData("with a bias", "mean((X @ W + b - Y) ** 2)", "W", "X.T @ (X @ W + b - Y) / (2 * size(n))", @"\frac{1}{2 \, n} \, X^{\top} \left(X W + \mathbf{1} b^{\top} - Y\right)")]
    [InlineData("of the bias", "mean((X @ W + b - Y) ** 2)", "b", "sum(X @ W + b - Y, axis=0) / (2 * size(n))", @"\frac{1}{2 \, n} \, \left(X W + \mathbf{1} b^{\top} - Y\right)^{\top} \mathbf{1}")]
    [InlineData("of a bias with two axes", "sum((X @ W + k - Y) ** 2) / 2", "k", "reshape(sum(X @ W + k - Y, axis=0), (1, 4))", @"\mathbf{1}^{\top} \left(X W + \mathbf{1} k - Y\right)")]
    [InlineData("ridge regression", "sum((X @ w - y) ** 2) + lam * sum(w ** 2)", "w", "2 * (X.T @ (X @ w - y) + lam * w)", @"2 \left(X^{\top} \left(X w - y\right) + \mathrm{lam} \, w\right)")]
    [InlineData("logistic regression", "sum(softplus(X @ w) - y * (X @ w))", "w", "X.T @ (sigmoid(X @ w) - y)", @"X^{\top} \left(\sigma\left(X w\right) - y\right)")]
    [InlineData("written naively", "-sum(y * log(sigmoid(X @ w)) + (1 - y) * log(1 - sigmoid(X @ w)))", "w", "X.T @ (sigmoid(X @ w) - y)", @"X^{\top} \left(\sigma\left(X w\right) - y\right)")]
    [InlineData("a tied linear autoencoder", "sum((X @ W @ W.T - X) ** 2)", "W", "2 * (X.T @ (X @ W @ W.T - X) + (X @ W @ W.T - X).T @ X) @ W", @"2 \left(X^{\top} \left(X W W^{\top} - X\right) + \left(X W W^{\top} - X\right)^{\top} X\right) W")]
    [InlineData("a linear autoencoder", "sum((X @ W @ V - X) ** 2)", "W", "2 * X.T @ (X @ W @ V - X) @ V.T", @"2 X^{\top} \left(X W V - X\right) V^{\top}")]
    [InlineData("a layer", "sum(tanh(X @ W + b))", "W", "X.T @ (1 - tanh(X @ W + b) ** 2)", @"X^{\top} \left(1 - \tanh\left(X W + \mathbf{1} b^{\top}\right)^{\odot 2}\right)")]
    [InlineData("a power", "det(S @ S @ S)", "S", "3 * det(S @ S @ S) * inv(S).T", @"3 \, \det\left(S^{3}\right) \, S^{-\top}")]
    [InlineData("a name of the language", "det @ S @ u", "S", "outer(det, u)", @"\mathrm{det} u^{\top}")]
    public void A_model_has_the_gradient_that_a_person_derives(string model, string cost, string wrt, string text, string latex)
    {
        var derivation = Derived(cost, wrt);
        var gradient = Assert.Single(derivation.Gradients);
        Assert.Equal((model, text), (model, gradient.Matrix?.Text));
        Assert.Equal(latex, gradient.Matrix!.Latex(derivation.Names.ToDictionary(n => n.Key, n => Latex.Name(n.Value))));
        Assert.Contains($"  in matrix form: {text}", DerivationText.Lines(derivation, 200));
        Assert.Contains($"In matrix form: `{text}`", DerivationText.Markdown(derivation));
        Assert.Contains(DerivationLatex.Lines(derivation), line => line.EndsWith($"&= {latex}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sum(sin(w))", "w")]
    [InlineData("sum(w * w)", "w")]
    public void What_is_elementwise_has_none(string cost, string wrt) => Assert.Null(Derived(cost, wrt).Gradients[0].Matrix);

    [Fact]
    public void What_has_three_axes_or_is_no_matter_of_matrices_has_none()
    {
        var (x, y) = (Expr.Variable("x", 2, 3, 4), Expr.Variable("y", 2, 4, 3));
        Assert.Null(Derivation.Of(x.MatMul(y).Sum(), x).Gradients[0].Matrix);
        var (w, v) = (Expr.Variable("w", 3, 4), Expr.Variable("v", 4));
        Assert.Null(Derivation.Of(w.MatMul(v).Sort(0).Square().Sum(), w).Gradients[0].Matrix);
    }

    [Fact]
    public void What_nobody_would_read_has_none()
    {
        var (x, w) = (Expr.Variable("x", 3), Expr.Variable("w", 3, 3));
        Assert.NotNull(Derivation.Of(Enumerable.Range(0, 2).Aggregate(x, (h, _) => w.MatMul(h).Tanh()).Sum(), w).Gradients[0].Matrix);
        Assert.Null(Derivation.Of(Enumerable.Range(0, 30).Aggregate(x, (h, _) => w.MatMul(h).Tanh()).Sum(), w).Gradients[0].Matrix);
    }

    /// <summary>The difference of two numbers, each repeated, is seen only when the sum of both terms has been read.</summary>
    [Fact]
    public void A_form_that_brings_about_another_one_is_read_again()
    {
        var variables = new Dictionary<string, Expr> { ["S"] = Expr.Variable("S", 3, "n"), ["B"] = Expr.Variable("B", 3, "n"), ["u"] = Expr.Variable("u", 1), ["v"] = Expr.Variable("v", 1) };
        var e = AutoDiffAE.Graph.Language.Parser.Parse("let w = reshape(sum(S, axis=0), (1, n)) @ transpose(B); reshape(v, (1, 1)) @ w - reshape(u, (1, 1)) @ w", variables);
        Assert.Equal("(sum(v) - sum(u)) * reshape(sum(B @ S.T, axis=1), (1, 3))", MatrixForm.Of(e)?.Text);
    }

    [Fact]
    public void Of_random_graphs_it_reads_back_to_the_gradient_and_to_itself()
    {
        var (all, some) = (0, 0);
        Case.ForAll(d =>
        {
            var cost = MatrixDraw.Cost(d);
            List<Input> inputs = [.. d.Inputs];
            foreach (var gradient in Tape.Of(cost, inputs.Select(i => i.Variable)).Results.OfType<Expr>())
            {
                all++;
                if (MatrixForm.Of(gradient) is not { } form) continue;
                some++;
                var values = inputs.Select(i => (i.Variable, i.Value)).ToList();
                MatrixReader.Agrees(form, gradient, values);
                Assert.Equal(form.Text, MatrixForm.Of(MatrixReader.Read(form, gradient, values))?.Text);
            }
        }, 300);
        Assert.True(some > all * 0.9, $"{some} of {all} gradients have a matrix form");
    }
}
