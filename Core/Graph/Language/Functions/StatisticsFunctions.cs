using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Reductions that are definitions.</summary>
internal static class StatisticsFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("var(x, axis=none, ddof=0, keepdims=false)", a => a.Array("x").Var(a.Axes("axis"), a.Whole("ddof"), a.Flag("keepdims"))),
        Of("std(x, axis=none, ddof=0, keepdims=false)", a => a.Array("x").Std(a.Axes("axis"), a.Whole("ddof"), a.Flag("keepdims"))),
        Of("norm(x, ord=2, axis=none, keepdims=false)", a => a.Array("x").Norm(a.Real("ord"), a.Axes("axis"), a.Flag("keepdims"))),
        Of("logsumexp(x, axis=none, keepdims=false)", a => a.Array("x").LogSumExp(a.Axes("axis"), a.Flag("keepdims"))),
        Of("normalize(x, p=2, axis=1, eps=1e-12)", a => a.Array("x").Normalize(a.Real("p"), a.Whole("axis"), a.Real("eps"))),
        Of("cosine_similarity(a, b, axis=1, eps=1e-8)", a => Formulas.CosineSimilarity(a.Array("a"), a.Array("b"), a.Whole("axis"), a.Real("eps"))),
    ];
}
