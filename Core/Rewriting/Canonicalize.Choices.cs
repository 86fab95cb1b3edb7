using System.Collections.Immutable;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>Comparisons and choices of what is the same.</summary>
    private static ImmutableArray<Rewrite> Choices =>
    [
        Rule("either-way", ["where"], "where(c, a, a) = a", Assume.Nothing,
            e => e.Args[1] == e.Args[2] ? e.Args[1] : null),

        Rule("larger-of-itself", ["maximum", "minimum"], "max(x, x) = x, min(x, x) = x", Assume.Nothing,
            e => e.Args[0] == e.Args[1] ? e.Args[0] : null),

        Rule("beyond-itself", ["greater", "less"], "x > x and x < x are 0", Assume.Nothing,
            e => e.Args[0] == e.Args[1] ? e.Filled(0) : null),
    ];
}
