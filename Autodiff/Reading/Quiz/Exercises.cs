using System.Collections.Immutable;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>Thirty exercises from x² to attention, each a little harder.</summary>
public static class Exercises
{
    public static ImmutableArray<Exercise> All { get; } =
    [
        new("the square", "x ** 2", [("x", [])], ["x"], "dx", Answer: "2 * x"),
        new("a factor", "let a = 3 * x; (a + 1) ** 2", [("x", [])], ["x"], "dx"),
        new("a product", "let p = x * y; p ** 2", [("x", []), ("y", [])], ["x", "y"], "dx"),
        new("the lower half of a fraction", "let q = x / y; q ** 2", [("x", []), ("y", [])], ["y"], "dy"),
        new("the chain rule: the outer function", "let a = x ** 2; sin(a)", [("x", [])], ["x"], "da"),
        new("one value, two paths", "let s = sin(x); x * s", [("x", [])], ["x"], "dx", Occurrence: 2),
        new("an exponential is its own derivative", "let a = -x; let e = exp(a); e / (1 + e)", [("x", [])], ["x"], "da", Answer: "de * e"),
        new("a logarithm", "let a = 1 + x ** 2; log(a)", [("x", [])], ["x"], "da"),
        new("the length of a vector in the plane", "let a = x ** 2 + y ** 2; sqrt(a)", [("x", []), ("y", [])], ["x", "y"], "da"),
        new("tanh, whose derivative knows its value", "let h = tanh(x); h * y", [("x", []), ("y", [])], ["x"], "dx"),
        new("the logistic function", "let p = sigmoid(x); log(p)", [("x", [])], ["x"], "dx"),
        new("a sum gives each summand the same", "let s = x ** 2; sum(s)", [("x", ["n"])], ["x"], "ds"),
        new("a mean", "let m = mean(x); m ** 2", [("x", ["n", 3])], ["x"], "dx", Answer: "broadcast_to(dm / size(3*n), (n, 3))"),
        new("a product element by element", "let t = x * w; sum(t) ** 2", [("x", ["n"]), ("w", ["n"])], ["w"], "dw"),
        new("a bias, repeated over the rows", "let a = x + b; sum(a ** 2)", [("x", ["n", 3]), ("b", [3])], ["b"], "db"),
        new("a column, repeated over the columns", "let a = x * c; sum(a ** 2)", [("x", ["n", 3]), ("c", ["n", 1])], ["c"], "dc"),
        new("one scale for all elements", "let a = s * x; sum(a ** 2)", [("s", []), ("x", ["n", 3])], ["s"], "ds"),
        new("a quadratic form: the path through the matrix", "let y = a @ x; let t = x * y; sum(t)", [("a", ["n", "n"]), ("x", ["n", 1])], ["x"], "dx", Occurrence: 2, Answer: "transpose(a) @ dy"),
        new("a matrix product: the left factor", "let y = x @ w; sum(tanh(y))", [("x", ["n", 3]), ("w", [3, 4])], ["x", "w"], "dx", Answer: "dy @ transpose(w)"),
        new("a matrix product: the right factor", "let y = x @ w; sum(tanh(y))", [("x", ["n", 3]), ("w", [3, 4])], ["x", "w"], "dw", Answer: "transpose(x) @ dy"),
        new("a transpose", "let t = transpose(w); let r = h @ t; sum(r ** 2)", [("h", ["n", 2]), ("w", [5, 2])], ["w"], "dw", Answer: "transpose(dt)"),
        new("the kink of a rectified layer", "let a = x @ w + b; let r = relu(a); sum(r * c)", [("x", ["n", 3]), ("w", [3, 4]), ("b", [4]), ("c", ["n", 4])], ["w", "b"], "da"),
        new("the residuals of least squares", "let r = x @ w - y; sum(r ** 2)", [("x", ["n", 3]), ("w", [3, 4]), ("y", ["n", 4])], ["w"], "dr", Answer: "2 * r"),
        new("max-pooling: the winner takes it", "let t = reshape(x, (n, 3, 2)); let m = max(t, axis=2); sum(m * c)", [("x", ["n", 6]), ("c", ["n", 3])], ["x"], "dt"),
        new("a part of an array", "let p = x[:, 1:]; sum(p ** 2)", [("x", ["n", 4])], ["x"], "dx"),
        new("the softmax", "let p = softmax(x); sum(p * c)", [("x", ["n", 3]), ("c", ["n", 3])], ["x"], "dx", Answer: "p * (dp - sum(dp * p, axis=1, keepdims=true))"),
        new("cross-entropy by the logarithm of the softmax", "let l = log_softmax(x); -sum(y * l)", [("x", ["n", 3]), ("y", ["n", 3])], ["x"], "dx", Answer: "dl - exp(l) * sum(dl, axis=1, keepdims=true)"),
        new("a convolution's kernel", "let y = conv1d(x, k); sum(y ** 2)", [("x", ["n", 1, 5]), ("k", [1, 1, 2])], ["x", "k"], "dk"),
        new("tied weights: the second path", "let h = x @ w; let t = transpose(w); let r = h @ t; sum((r - x) ** 2)", [("x", ["n", 5]), ("w", [5, 2])], ["w"], "dw", Occurrence: 2, Answer: "transpose(x) @ dh"),
        new("attention: the keys", "let t = transpose(k); let z = q @ t; let p = softmax(z / 2); let o = p @ v; sum(o * c)",
            [("q", ["n", 4]), ("k", ["m", 4]), ("v", ["m", 3]), ("c", ["n", 3])], ["q", "k", "v"], "dt", Answer: "transpose(q) @ dz"),
    ];

    /// <summary>An exercise by its number from 1, with the number in its title.</summary>
    public static Exercise Numbered(int number) => All[number - 1] with { Title = $"exercise {number} of {All.Length}: {All[number - 1].Title}" };
}
