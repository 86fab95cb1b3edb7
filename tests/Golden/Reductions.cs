using AutoDiffAE.Graph;

namespace AutoDiffAE.Tests.Golden;

internal static class Reductions
{
    public static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new()
    {
        ["reduce_sum"] = Over((x, axes, keep) => x.Sum(axes, keep)),
        ["reduce_mean"] = Over((x, axes, keep) => x.Mean(axes, keep)),
        ["reduce_prod"] = Over((x, axes, keep) => x.Prod(axes, keep)),
        ["reduce_max"] = Over((x, axes, keep) => x.Max(axes, keep)),
        ["reduce_min"] = Over((x, axes, keep) => x.Min(axes, keep)),
        ["reduce_sumsq"] = Over((x, axes, keep) => x.Square().Sum(axes, keep)),
        ["reduce_l2norm"] = Over((x, axes, keep) => x.Square().Sum(axes, keep).Sqrt()),
        ["reduce_var"] = Over(Variance),
        ["reduce_std"] = Over((x, axes, keep) => Variance(x, axes, keep).Sqrt()),
        ["logsumexp"] = Over(LogSumExp),
        ["softmax"] = s => [LogSoftmax(s.X, Translations.AxesOf(s.Case)).Exp(), Softmax(s.X, Translations.AxesOf(s.Case))],
        ["logsoftmax"] = s => [LogSoftmax(s.X, Translations.AxesOf(s.Case))],
    };

    private static Func<Source, IEnumerable<Variant>> Over(Func<Expr, int[]?, bool, Expr> reduce) =>
        s => [reduce(s.X, Translations.AxesOf(s.Case), s.Case.Flag("keepdims"))];

    public static Expr Variance(Expr x, int[]? axes, bool keep) => (x - x.Mean(axes, keepDims: true)).Square().Mean(axes, keep);

    /// <summary>m + log Σ e^(x - m) is the same for every m; the largest x lets nothing overflow.</summary>
    public static Expr LogSumExp(Expr x, int[]? axes, bool keep)
    {
        var m = x.Max(axes, keepDims: true).StopGradient();
        var kept = m + (x - m).Exp().Sum(axes, keepDims: true).Log();
        return keep ? kept : kept.Reshape(x.Shape.Without(Shapes.Axes.Normalized(x.Shape, axes)));
    }

    public static Expr LogSoftmax(Expr x, int[]? axes)
    {
        var shifted = x - x.Max(axes, keepDims: true).StopGradient();
        return shifted - shifted.Exp().Sum(axes, keepDims: true).Log();
    }

    private static Expr Softmax(Expr x, int[]? axes)
    {
        var e = (x - x.Max(axes, keepDims: true).StopGradient()).Exp();
        return e / e.Sum(axes, keepDims: true);
    }
}
