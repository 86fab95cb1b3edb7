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
        ["reduce_l2norm"] = Over((x, axes, keep) => x.Norm(2, axes, keep)),
        ["reduce_var"] = Over((x, axes, keep) => x.Var(axes, keepDims: keep)),
        ["reduce_std"] = Over((x, axes, keep) => x.Std(axes, keepDims: keep)),
        ["logsumexp"] = Over((x, axes, keep) => x.LogSumExp(axes, keep)),
        ["softmax"] = s => [s.X.Softmax(s.Case.Integers("axis")[0]), s.X.LogSoftmax(s.Case.Integers("axis")[0]).Exp(), (-s.X).Softmin(s.Case.Integers("axis")[0])],
        ["logsoftmax"] = s => [s.X.LogSoftmax(s.Case.Integers("axis")[0])],
    };

    private static Func<Source, IEnumerable<Variant>> Over(Func<Expr, int[]?, bool, Expr> reduce) =>
        s => [reduce(s.X, Translations.AxesOf(s.Case), s.Case.Flag("keepdims"))];
}
