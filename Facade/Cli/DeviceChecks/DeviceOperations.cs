using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Cli;

/// <summary>Expressions that with their gradients use every operation of the graph, small and smooth at random values.</summary>
internal static class DeviceOperations
{
    private static readonly string[] Letters = ["x", "y", "z"];

    public static IEnumerable<(string Text, string[] Shapes)> All => Structural.Concat(ScalarFunctions.All.Select(OfScalars));

    /// <summary>Of polygamma the order is a whole number.</summary>
    private static (string, string[]) OfScalars(ScalarFunction f) => f.Type == typeof(Polygamma)
        ? ("polygamma(1, x)", ["x=(5)"])
        : (Printer.Print(Expr.Map(f, [.. Letters[..f.Arity].Select(x => Expr.Variable(x, 5))])), [.. Letters[..f.Arity].Select(x => $"{x}=(5)")]);

    private static readonly ImmutableArray<(string Text, string[] Shapes)> Structural =
    [
        ("x @ y", ["x=(5,7)", "y=(7,3)"]),
        ("tanh(x @ transpose(y) + b)", ["x=(5,7)", "y=(3,7)", "b=(3)"]),
        ("x @ y", ["x=(2,3,4)", "y=(2,4,5)"]),
        ("conv2d(x, w, padding=1)", ["x=(2,3,6,5)", "w=(4,3,3,3)"]),
        ("conv2d(x, w, stride=2, dilation=2, padding=2)", ["x=(2,2,7,8)", "w=(3,2,3,2)"]),
        ("conv2d(x, w, groups=2)", ["x=(2,4,5,5)", "w=(6,2,3,3)"]),
        ("conv1d(x, w)", ["x=(2,3,9)", "w=(4,3,3)"]),
        ("conv_transpose2d(x, w, stride=2)", ["x=(2,3,4,3)", "w=(3,2,3,3)"]),
        ("max_pool2d(x, 2)", ["x=(2,3,6,4)"]),
        ("max_pool2d(conv2d(x, w) + reshape(b, (1, 4, 1, 1)), 2)", ["x=(2,1,6,6)", "w=(4,1,3,3)", "b=(4)"]),
        ("max_pool2d(x, 3, stride=2, padding=1)", ["x=(1,2,7,7)"]),
        ("avg_pool2d(x, 2)", ["x=(2,3,6,4)"]),
        ("sum(x, axis=1)", ["x=(4,130)"]),
        ("mean(x * y, axis=(0, 2))", ["x=(3,4,5)", "y=(4,1)"]),
        ("var(x, axis=1)", ["x=(4,6)"]),
        ("max(x, axis=1)", ["x=(4,6)"]),
        ("prod(x, axis=0)", ["x=(4,3)"]),
        ("logsumexp(x, axis=1)", ["x=(4,6)"]),
        ("softmax(x, axis=1)", ["x=(4,6)"]),
        ("log_softmax(x, axis=0)", ["x=(4,6)"]),
        ("layer_norm(x, (6))", ["x=(4,6)"]),
        ("cumsum(x, axis=1)", ["x=(3,7)"]),
        ("cumprod(x, axis=0)", ["x=(5,3)"]),
        ("cummax(x, axis=1)", ["x=(3,7)"]),
        ("sort(x, axis=1)", ["x=(3,7)"]),
        ("take(x, argsort(y), axis=0)", ["x=(4,3)", "y=(4)"]),
        ("add_at(argsort(y), x, axis=0, length=6)", ["x=(4,3)", "y=(4)"]),
        ("cholesky(x @ transpose(x) + 4 * eye(4))", ["x=(4,4)"]),
        ("solve(x + 5 * eye(4), y)", ["x=(4,4)", "y=(4,2)"]),
        ("det(x + 4 * eye(3))", ["x=(3,3)"]),
        ("inv(x + 4 * eye(3))", ["x=(3,3)"]),
        ("permute(x, (2, 0, 1)) * 2", ["x=(2,3,4)"]),
        ("x[1:4, ::-1] * y", ["x=(5,4)", "y=(3,4)"]),
        ("concat(x, y * 2, axis=1)", ["x=(3,4)", "y=(3,2)"]),
        ("pad(x, ((1, 2), (0, 1))) ** 2", ["x=(3,4)"]),
        ("reshape(x, (6, 2)) @ y", ["x=(3,4)", "y=(2,3)"]),
        ("x * iota(4) + size(4)", ["x=(3,4)"]),
        ("x * uniform((3, 4), key=7)", ["x=(3,4)"]),
        ("windows(x, (2, 2)) * 2", ["x=(3,5)"]),
    ];
}
