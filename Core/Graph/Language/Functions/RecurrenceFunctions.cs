using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Running sums, products and extremes, which without an axis run over all elements in row-major order, and reductions by other means than a sum.</summary>
internal static class RecurrenceFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("cumulate(a, b, axis, reverse=false)", a => Formulas.Cumulate(a.Array("a"), a.Array("b"), a.Whole("axis"), a.Flag("reverse"))),
        Of("cumsum(x, axis=none)", a => Along(a, Formulas.CumSum)),
        Of("cumprod(x, axis=none)", a => Along(a, Formulas.CumProd)),
        Of("cummax(x, axis=none)", a => Along(a, Formulas.CumMax)),
        Of("cummin(x, axis=none)", a => Along(a, Formulas.CumMin)),
        Of("logcumsumexp(x, axis=none)", a => Along(a, Formulas.LogCumSumExp)),
        Of("prod(x, axis=none, keepdims=false)", a => NamedFunctions.Reduced(a, axes => new Op.Product(axes))),
        Of("product_of_others(x, axis=none)", a => a.Array("x").ProductOfOthers(a.Axes("axis"))),
        Of("any(x, axis=none, keepdims=false)", a => a.Array("x").Any(a.Axes("axis"), a.Flag("keepdims"))),
        Of("all(x, axis=none, keepdims=false)", a => a.Array("x").All(a.Axes("axis"), a.Flag("keepdims"))),
        Of("count_nonzero(x, axis=none, keepdims=false)", a => a.Array("x").CountNonzero(a.Axes("axis"), a.Flag("keepdims"))),
    ];

    private static Expr Along(Arguments a, Func<Expr, int, Expr> running) =>
        a.Has("axis") ? running(a.Array("x"), a.Whole("axis")) : running(a.Array("x").Flatten(0), 0);
}
