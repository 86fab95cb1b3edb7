using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

/// <summary>Definitions of several axes at once: what is subtracted is the maximum over all of them.</summary>
internal static class StableForms
{
    /// <summary>eˣ / Σ eˣ</summary>
    public static Expr Softmax(Expr x, Axes axes) => Definition.Apply("softmax", [x], p =>
    {
        var e = BelowMaximum(p[0], axes).Exp();
        return e / e.Sum(axes, keepDims: true);
    });

    /// <summary>x - ln Σ eˣ</summary>
    public static Expr LogSoftmax(Expr x, Axes axes) => Definition.Apply("log_softmax", [x], p =>
    {
        var shifted = BelowMaximum(p[0], axes);
        return shifted - shifted.Exp().Sum(axes, keepDims: true).Log();
    });

    /// <summary>The axes that a definition of this name sums over, when it is applied to this argument.</summary>
    public static Axes? AxesOf(Expr e, string name, Expr? argument = null) =>
        e.Op is Op.Call { Definition: var d } && d.Name == name && (argument is null || e.Args is [var x] && x == argument)
            ? Traversal.Topological([d.Body]).Select(n => n.Op).OfType<Op.Sum>().FirstOrDefault()?.Axes
            : null;

    private static Expr BelowMaximum(Expr x, Axes axes) => x - x.Max(axes, keepDims: true);
}
