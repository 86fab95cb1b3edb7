using System.Collections.Immutable;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>A function after its inverse, and functions that do nothing the second time.</summary>
    private static ImmutableArray<Rewrite> Inverses =>
    [
        Rule("log-of-exp", ["log"], "ln eˣ = x", Assume.NoOverflow,
            e => e.Args[0] is { Head: "exp", Args: [var x] } ? x : null),

        Rule("exp-of-log", ["exp"], "e^(ln x) = x where x ≥ 0", Assume.Finite,
            e => e.Args[0] is { Head: "log", Args: [var x] } ? x : null),

        Rule("log1p-of-expm1", ["log1p"], "ln(1 + (eˣ - 1)) = x", Assume.NoOverflow,
            e => e.Args[0] is { Head: "expm1", Args: [var x] } ? x : null),

        Rule("expm1-of-log1p", ["expm1"], "e^(ln(1 + x)) - 1 = x where x ≥ -1", Assume.Finite,
            e => e.Args[0] is { Head: "log1p", Args: [var x] } ? x : null),

        Rule("root-of-square", ["sqrt"], "√x² = |x|", Assume.NoOverflow,
            e => e.Args[0] is { Head: "square", Args: [var x] } ? e.Make<Abs>(x) : null),

        Rule("square-of-root", ["square"], "(√x)² = x where x ≥ 0", Assume.Finite,
            e => e.Args[0] is { Head: "sqrt", Args: [var x] } ? x : null),

        Rule("twice-is-once", ["relu", "abs", "sign"], "f(f(x)) = f(x) of relu, magnitude and sign", Assume.Nothing,
            e => e.Args[0].Head == e.Head ? e.Args[0] : null),

        Rule("rounded-once", ["floor", "ceil", "trunc", "round"], "an integer is not rounded", Assume.Nothing,
            e => e.Args[0].Head is "floor" or "ceil" or "trunc" or "round" ? e.Args[0] : null),
    ];
}
