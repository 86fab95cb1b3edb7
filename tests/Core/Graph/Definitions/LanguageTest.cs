using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Core.Graph.Language;
using Xunit;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Core.Graph.Definitions;

/// <summary>How definitions are written, read and refused.</summary>
public sealed class LanguageTest
{
    private static readonly Expr X = Expr.Variable("x", "n", 4);
    private static readonly Expr M = Expr.Variable("m", 3, 3);
    private static readonly Expr W = Expr.Variable("w", 4);
    private static readonly Expr I = Expr.Variable("image", "n", 4, 6, 6);
    private static readonly Expr K = Expr.Variable("kernel", 4, 2, 3, 3);
    private static readonly Dictionary<string, Expr> Known = new() { ["x"] = X, ["m"] = M, ["w"] = W, ["image"] = I, ["kernel"] = K };

    private static void Writes(string text, Expr e)
    {
        Assert.Equal(text, e.ToString());
        Assert.True(SameGraph.Of(e, Parser.Parse(text, Known)), text);
    }

    private static void Means(Expr wanted, string text) => Assert.True(SameGraph.Of(wanted, Parser.Parse(text, Known)), text);

    [Fact]
    public void What_is_usual_is_not_written()
    {
        Writes("softmax(x, axis=1)", X.Softmax());
        Writes("std(x, axis=0, keepdims=true, ddof=1)", X.Std([0], 1, true));
        Writes("norm(x, axis=(0, 1))", X.Norm());
        Writes("norm(x, ord=inf, axis=1)", X.Norm(double.PositiveInfinity, [-1]));
        Writes("einsum(\"ij,j->i\", x, w)", Einsum("ij,j->i", X, W));
        Writes("mse_loss(x, x * 2)", MseLoss(X, X * 2));
        Writes("huber_loss(x, x * 2, delta=0.5, reduction=\"sum\")", HuberLoss(X, X * 2, 0.5, Reduction.Sum));
        Writes("cross_entropy(x, tanh(x), label_smoothing=0.1, weight=w)", CrossEntropy(X, X.Tanh(), W, labelSmoothing: 0.1));
        Writes("layer_norm(x, normalized_shape=(4,), weight=w, bias=w + 1)", X.LayerNorm([4], W, W + 1));
        Writes("batch_norm(x, weight=w)", X.BatchNorm(weight: W));
        Writes("eye(3, k=1)", Eye(3, offset: 1));
        Writes("eye(n, 4)", Eye("n", 4));
        Writes("tril(x, 0)", X.Tril());
        Writes("roll(x, -1, axis=(1,))", X.Roll(-1, 1));
        Writes("logical_not(x)", X.LogicalNot());
        Writes("arange(0, 1, 0.25)", Arange(0, 1, 0.25));
    }

    [Fact]
    public void Other_names_and_orders()
    {
        Means(X.LayerNorm([4], W, W), "layer_norm(x, 4, w, w)");
        Means(X.BatchNorm(W, W, W, W, 1e-3), "batch_norm(x, w, w, w, w, 0.001)");
        Means(CrossEntropy(X, X, W, reduction: Reduction.Sum), "cross_entropy(x, x, w, reduction=\"sum\")");
        Means(Iota("n") * 2, "arange(n) * 2");
        Means(X.SwapAxes(0, 1), "swapaxes(x, 0, -1)");
        Means(X.Unsqueeze(0), "expand_dims(x, 0)");
        Means(ZerosLike(X) + Full([4], 3), "zeros(n, 4) + full_like(w, 3)");
        Means(X.Relu6(), "relu6(x)");
        Means(MseLoss(X, X), "mse(x, x)");
        Means(X.Split(2, 1)[1], "split(x, 2, axis=1, part=1)");
        Means(X.Split([1, 2, 1], 1)[1], "split(x, (1, 3), axis=1, part=1)");
        Means(X.Prelu(W), "prelu(x, w)");
        Means(Expr.Call<LeakyRelu>(X, W.Reshape(4)), "leaky_relu(x, w)");
        Means(TensorDot(X, M.Reshape(9).Slice(0, new(0, 4)), [1], [0]), "tensordot(x, reshape(m, 9)[:4], 1)");
        Means(I.Convolve(K, [new(1, 1, 1, 1), new(1, 1, 1, 1)], groups: 2), "conv2d(image, kernel, padding=\"half\", groups=2)");
        Means(I.ConvolveTransposed(K, [new(2, 1, 1, 1), new(2, 1, 1, 1)], [1, 0]), "conv_transpose2d(image, kernel, stride=2, padding=1, output_padding=(1, 0))");
    }

    [Fact]
    public void A_gradient_reads_as_its_formula()
    {
        var dy = Expr.Variable("dy", X.Shape);
        Assert.Equal("""
            let softmax_pullback(x, y, dy) = y * (dy - reshape(sum(dy * y, axis=1), (n, 1)))
            softmax_pullback(x, softmax(x, axis=1), dy)
            """.ReplaceLineEndings("\n"), Gradient.Of(X.Softmax(), [X], dy)[0].ToString());
    }

    [Theory]
    [InlineData("einsum(\"ij,jk->ik\", x)", "2 terms for 1 operands")]
    [InlineData("einsum(\"ijk\", x)", "\"ijk\" does not name the axes of the shape (n, 4)")]
    [InlineData("einsum(\"ij,jk\", x, m)", "the lengths 4 and 3 of j differ")]
    [InlineData("einsum(\"ij->ik\", x)", "an axis that no operand has")]
    [InlineData("einsum(\"ij->ii\", x)", "names an axis twice")]
    [InlineData("einsum(\"i1\", x)", "not made of letters")]
    [InlineData("einsum(\"ii\", x)", "the lengths n and 4 of i differ")]
    [InlineData("mse_loss(x, w)", "one shape is needed")]
    [InlineData("mse_loss(x, x, reduction=\"most\")", "losses are reduced by")]
    [InlineData("cross_entropy(x, w)", "targets are indices (n) or probabilities (n, 4)")]
    [InlineData("cross_entropy(x, x, m)", "weights are one for each of 4 classes")]
    [InlineData("glu(m)", "the length 3 of axis 1 is not even")]
    [InlineData("softmax(x, 2)", "axis 2 does not exist")]
    [InlineData("group_norm(image, 3)", "4 channels do not divide into 3 groups")]
    [InlineData("layer_norm(x, 3)", "the last axes must be (3)")]
    [InlineData("batch_norm(x, mean=w)", "both or neither")]
    [InlineData("instance_norm(x)", "axes behind the channels")]
    [InlineData("diagonal(x)", "which of the lengths n and 4 is the smaller is not known")]
    [InlineData("diag(image)", "a vector or a matrix")]
    [InlineData("tril(w)", "a matrix has two axes")]
    [InlineData("tensordot(x, m, ((1,), (0,)))", "do not pair equal lengths")]
    [InlineData("bmm(x, x)", "three axes")]
    [InlineData("conv_transpose2d(image, kernel, output_padding=1)", "an output padding of 1 is not less than the stride 1")]
    [InlineData("conv_transpose2d(image, x)", "same number of axes")]
    [InlineData("arange(0, 1, 0)", "no finite number of steps")]
    [InlineData("scaled_dot_product_attention(w, x, x)", "at least two axes")]
    public void What_does_not_fit_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<SyntaxException>(() => Parser.Parse(text, Known)).Message);

    [Fact]
    public void Parts_and_logic()
    {
        var parts = X.Split([1, 3], 1);
        Assert.Equal([Shape.Of("n", 1), Shape.Of("n", 3)], parts.Select(p => p.Shape));
        Assert.Equal(2, X.Split(2, 1).Length);
        Assert.Throws<ShapeException>(() => X.Split(3, 1));
        Assert.Throws<ShapeException>(() => X.Split([1, 2], 1));

        var (a, b) = (Expr.Variable("a", 4), Expr.Variable("b", 4));
        List<(Expr, Tensor<double>)> given = [(a, Tensor<double>.Of([0.0, 0, 2, -1], 4)), (b, Tensor<double>.Of([0.0, 3, 0, double.NaN], 4))];
        double[] Of(Expr e) => new Compiled<float>().Evaluate([e], given)[0].Span.ToArray();
        Assert.Equal([0, 0, 0, 1], Of(LogicalAnd(a, b)));
        Assert.Equal([0, 1, 1, 1], Of(LogicalOr(a, b)));
        Assert.Equal([0, 1, 1, 0], Of(LogicalXor(a, b)));
        Assert.Equal([1, 1, 0, 0], Of(a.LogicalNot()));
        Assert.Equal([0, 0, 0, 1], Of(b.IsNaN()));
        Assert.Equal([1, 0, 0, 0], Of((1 / a).IsInfinite().Slice(new StridedRange(1, 1)).Pad((0, 3))));
        Assert.Equal([1, 1, 1, 0], Of(b.IsFinite()));
    }
}
