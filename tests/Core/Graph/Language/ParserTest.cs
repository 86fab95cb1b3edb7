using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph.Language;

public sealed class ParserTest
{
    private static readonly Expr X = Expr.Variable("x", "n", 4);
    private static readonly Expr W = Expr.Variable("w", 4, 2);
    private static readonly Expr I = Expr.Variable("image", "n", 3, 8, 8);
    private static readonly Expr K = Expr.Variable("kernel", 5, 3, 3, 3);
    private static readonly Dictionary<string, Expr> Known = new() { ["x"] = X, ["w"] = W, ["image"] = I, ["kernel"] = K };

    private static Expr Parse(string text, Vocabulary? vocabulary = null) => Parser.Parse(text, Known, vocabulary);

    private static void Means(Expr wanted, string text)
    {
        var found = Parse(text);
        Assert.True(SameGraph.Of(wanted, found), $"{text} became {found}, not {wanted}");
    }

    [Theory]
    [InlineData("2 + 3 * 4", 14)]
    [InlineData("-2 ** 2", -4)]
    [InlineData("(-2) ** 2", 4)]
    [InlineData("2 ** -1", 0.5)]
    [InlineData("2 - 3 - 4", -5)]
    [InlineData("8 / 4 / 2", 1)]
    [InlineData("--2 - -2", 4)]
    [InlineData("1 + 2 > 2 * 1", 1)]
    [InlineData("2 < 1", 0)]
    [InlineData("1 <= 1", 1)]
    [InlineData("1 >= 2", 0)]
    [InlineData("1 == 1", 1)]
    [InlineData("1 != 1", 0)]
    [InlineData("1.5e+2 + .5", 150.5)]
    [InlineData("true + false", 1)]
    [InlineData("let a = 2; let b = a * a; a + b", 6)]
    [InlineData("\nlet a = 2\n\nlet f(x, y) = (let s = x +\n y; s * s)\n f(a, y=1) + a\n", 11)]
    [InlineData("min((constant((3, 1, 2))))", 1)]
    [InlineData("sum(constant([[1, 2], [3, 4]])[:, 1])", 6)]
    [InlineData("exp(-inf) + where(nan == nan, 1, 2)", 2)]
    public void Numbers_and_levels(string text, double value) => Assert.Equal(value, Oracle.Evaluate(Parse(text)).Value);

    [Fact]
    public void A_point_is_followed_by_T()
    {
        Assert.Contains("T, for the transpose, was expected", Assert.Throws<SyntaxException>(() => Parse("x.t")).Message, StringComparison.Ordinal);
        Assert.Contains("T, for the transpose, was expected", Assert.Throws<SyntaxException>(() => Parse("x.T.")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_lines_the_message_names_and_shows_one()
    {
        var message = Assert.Throws<SyntaxException>(() => Parse("let a = 2\nlet f(x, y) = (x * y\n @ 2)\nf(a, a) + w")).Message;
        Assert.StartsWith("line 3, column 2: matmul of ", message);
        Assert.EndsWith("\n   @ 2)\n   ^", message);
    }

    [Fact]
    public void Functions_of_arrays()
    {
        Means(X.MatMul(W).Tanh(), "tanh(x @ w)");
        Means(X.Sum([1], keepDims: true), "sum(x, axis=1, keepdims=true)");
        Means(X.Sum(), "sum(x)");
        Means(X.Mean([-1]), "mean(x, -1)");
        Means(X.Max([0, 1], ties: TieRule.First), "max(x, axis=(0, 1), ties=\"first\")");
        Means(X.Reshape(2, "n", 2), "reshape(x, (2, n, 2))");
        Means(X.Reshape(-1, 2), "reshape(x, -1, 2)");
        Means(X.Flatten(0), "flatten(x)");
        Means(X.Permute(1, 0), "transpose(x)");
        Means(X.Permute(1, 0), "x.T");
        Means(W.Transpose().MatMul(X.Tanh().Transpose()), "w.T @ tanh(x) . T");
        Means(X.Permute(1, 0).Slice(0, new(0, 1)).Reshape("n"), "x.T[0]");
        Means(I.Permute(0, 2, 3, 1), "permute(image, 0, 2, 3, 1)");
        Means(X.Unsqueeze(-1), "unsqueeze(x, -1)");
        Means(X.Unsqueeze(1).Reshape("n", 4), "squeeze(x[:, none])");
        Means(Formulas.Concatenate([X, X.Tanh()], 1), "concat((x, tanh(x)), axis=1)");
        Means(Formulas.Concatenate([X, X]), "concatenate(x, x)");
        Means(Formulas.Stack([X, X], 1), "stack([x, x], axis=1)");
        Means(X.Pad((0, 0), (1, 2)), "pad(x, ((0, 0), (1, 2)))");
        Means(X.Flip(1), "flip(x, axis=1)");
        Means(X.Repeat(3, 1), "repeat(x, 3, axis=0)");
        Means(I.Repeat(2, 2), "repeat(image, (2, 2))");
        Means(I.MaxPool(2, 2), "max_pool2d(image, 2)");
        Means(I.MaxPool(2, 4), "max_pool2d(image, kernel_size=(2, 4), stride=(2, 4))");
        Means(I.MaxPool([new(3, 2, 1), new(3, 2, 1)], ceilMode: true), "max_pool2d(image, 3, 2, 1, ceil_mode=true)");
        Means(I.AveragePool([2, new(2, 1)], countPadding: false), "avg_pool(image, (2, 2), (2, 1), count_include_pad=false)");
        Means(Expr.Constant(Tensor<double>.Of([1.0, 2, 3, 4], 2, 2)), "constant(((1, 2), (3, 4)))");
        Means(Formulas.Where(Expr.Greater(X, 0), X, 0), "where(x > 0, x, 0)");
        Means(Formulas.Maximum(X, 0).StopGradient(), "stop_gradient(maximum(x, 0))");
        Means(X / Formulas.SizeOf((Dim)"n" * 4), "x / size(n * 4)");
    }

    [Fact]
    public void Convolutions()
    {
        Expr Of(WindowAxis window, bool flip = false) => I.Convolve(K, [window, window], flip: flip);
        Means(Of(new(1)), "conv2d(image, kernel)");
        Means(Of(new(2)), "conv2d(image, kernel, stride=2, padding=\"valid\", dilation=1, groups=1, flip=false)");
        Means(Of(new(1, 1, 1, 1), flip: true), "conv2d(image, kernel, padding=\"same\", flip=true)");
        Means(Of(new(1, 2, 4, 4)), "conv2d(image, kernel, padding='full', dilation=2)");
        Means(I.Convolve(K, [new(1, 1, 1, 1), new(1, 1, 0, 2)]), "conv2d(image, kernel, padding=(1, (0, 2)))");
        Means(I.Slice(1, new(0, 1)).Reshape("n", 1, 64).Convolve(Expr.Constant(Tensor<double>.Full(1, 2, 1, 3))), "conv1d(reshape(image[:, :1], n, 1, 64), constant((1, 1, 1, 1, 1, 1), shape=(2, 1, 3)))");
    }

    [Fact]
    public void Slices()
    {
        Means(X.Slice(StridedRange.All("n"), new(1, 3)), "x[..., 1:]");
        Means(X.Slice(StridedRange.All("n"), new(1, 3)), "x[:, -3:9]");
        Means(X.Flip(1), "x[..., ::-1]");
        Means(X.Flip(0), "x[::-1]");
        Means(X.Slice(new StridedRange(0, 1), StridedRange.All(4)).Reshape(4), "x[0]");
        Means(X.Slice(StridedRange.All("n"), new(3, 1)).Reshape("n"), "x[:, -1]");
        Means(X.Slice(StridedRange.All("n"), new(3, 2, -2)).Reshape("n", 1, 2), "x[:, none, ::-2]");
        Means(I.Slice(StridedRange.All("n"), StridedRange.All(3), StridedRange.All(8), new(2, 2, 3)), "image[..., 2:8:3]");
        Means(X.Slice(new StridedRange((Dim)"n" - 1, 1), StridedRange.All(4)), "x[n - 1:]");
        Means(X.Slice(StridedRange.All("n"), new(4, 0)), "x[:, 5:2]");
    }

    [Fact]
    public void Functions_that_are_a_users_own()
    {
        var vocabulary = Vocabulary.Standard.With(ScalarFunction.Unary<Softsign>()).With("affine", 3, a => a[0].MatMul(a[1]) + a[2]);
        Assert.Equal("test_softsign(x @ w + 1)", Parse("test_softsign(affine(x, w, c=1))", vocabulary).ToString());
    }

    private readonly struct Softsign : IUnaryFunction
    {
        public static string Name => "test_softsign";
        public static V Apply<V>(V x) where V : IReal<V> => x / (1 + V.Abs(x));
        public static V Derivative<V>(V x, V y) where V : IReal<V> => V.Call<Square>(1 - V.Abs(y));
    }

    [Theory]
    [InlineData("x + ", 5, "a value was expected, the end found")]
    [InlineData("x $ 2", 3, "'$'")]
    [InlineData("x 2", 3, "an operator or the end was expected")]
    [InlineData("(x", 3, "','")]
    [InlineData("sum(x, axis=2)", 1, "axis 2 does not exist")]
    [InlineData("1 + sum(x, axi=2)", 16, "sum(x, axis=none, keepdims=false) has no argument axi")]
    [InlineData("sum()", 1, "needs x")]
    [InlineData("tanh(x, x)", 9, "fewer arguments")]
    [InlineData("sum(x, x=x)", 10, "twice")]
    [InlineData("sum(axis=1, x)", 13, "keywords come last")]
    [InlineData("2 * (w @ x)", 8, "inner lengths 2 and n differ")]
    [InlineData("2 * (w + x)", 8, "do not broadcast")]
    [InlineData("1 + y", 5, "y is not known here, image, kernel, w, x are")]
    [InlineData("sofmax(x)", 1, "there is no function sofmax; there is softmax, max")]
    [InlineData("soft(x)", 1, "there is no function soft; there is sort, softmax, softmin")]
    [InlineData("tanh", 1, "tanh is a function")]
    [InlineData("1 < 2 < 3", 7, "do not chain")]
    [InlineData("x + (1, 2)", 5, "a tuple is no array")]
    [InlineData("x + none", 5, "an array is needed here, not none")]
    [InlineData("reshape(x, (m, 4))", 13, "no variable has an axis of the size m")]
    [InlineData("reshape(x, 3, 5)", 1, "do not fill")]
    [InlineData("x[0, 0, 0]", 2, "3 indices for the shape (n, 4)")]
    [InlineData("x[:, 4]", 2, "do not lie within axis 1")]
    [InlineData("x[:, ::0]", 8, "a step cannot be 0")]
    [InlineData("x[..., ...]", 8, "dots stand once")]
    [InlineData("\"text", 1, "is not closed")]
    [InlineData("conv2d(image, kernel, padding=\"whole\")", 31, "padding is \"valid\"")]
    [InlineData("conv2d(image, kernel, stride=(1, 2, 3))", 30, "stride is one number, or 2 of them")]
    [InlineData("conv2d(image, x)", 1, "both must have 4 axes")]
    [InlineData("max_pool2d(image, 9, 3)", 1, "a window spans 9 of")]
    [InlineData("max_pool2d(image, 2, padding=2)", 1, "a padding of (2, 2) is not between 0 and half of a window of (2, 2)")]
    [InlineData("sum(x, keepdims=1)", 17, "true or false")]
    [InlineData("sum(x, axis=0.5)", 13, "a whole number")]
    [InlineData("let a = 1", 10, "';' or a new line after a binding")]
    [InlineData("1 + let a = 2; a", 5, "a binding stands before the result")]
    [InlineData("let f(a, a) = a; 1", 5, "two parameters of one name")]
    [InlineData("let f(a) = a * x; f(1)", 16, "x is not known here, a is")]
    [InlineData("constant((1, x))", 14, "a number is needed here, not x")]
    [InlineData("concat()", 1, "at least one array")]
    [InlineData("x ^ 2", 3, "'^' has no meaning here, a power is written **")]
    [InlineData("", 1, "a value was expected, the end found")]
    public void What_is_wrong_is_shown_where_it_stands(string text, int column, string reason)
    {
        var e = Assert.Throws<SyntaxException>(() => Parse(text));
        Assert.Contains(reason, e.Message);
        Assert.Equal(column, e.Column);
        Assert.EndsWith($"\n  {text}\n  {new string(' ', column - 1)}^", e.Message);
        Assert.StartsWith($"column {column}: ", e.Brief);
        Assert.DoesNotContain(".cs:", e.Brief.Replace("[ParserTest.cs:", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_is_never_too_deep_for_the_stack()
    {
        foreach (var text in (string[])[new('(', 100000), new('-', 100000), string.Concat(Enumerable.Repeat("tanh(", 100000)), string.Concat(Enumerable.Repeat("2 ** ", 100000)), string.Concat(Enumerable.Repeat("x[", 100000))])
            Assert.Contains("levels are nested", Assert.Throws<SyntaxException>(() => Parse($"{text}x")).Message);
        Assert.Equal(100001, Oracle.Evaluate(Parse($"{string.Concat(Enumerable.Repeat("1 + ", 100000))}1")).Value);
    }
}
