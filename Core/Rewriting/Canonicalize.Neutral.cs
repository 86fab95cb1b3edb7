using System.Collections.Immutable;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>Zeros and ones.</summary>
    private static ImmutableArray<Rewrite> Neutral =>
    [
        Rule("times-one", ["mul", "chain"], "1 x = x", Assume.UnsignedZero,
            e => e.NumberAndOther is (1, var x) ? x : null),

        Rule("over-one", ["div"], "x / 1 = x", Assume.Nothing,
            e => e.Args[1].Number == 1 ? e.Args[0] : null),

        Rule("plus-zero", ["add"], "x + 0 = x", Assume.UnsignedZero,
            e => e.NumberAndOther is (0, var x) ? x : null),

        Rule("minus-zero", ["sub"], "x - 0 = x", Assume.UnsignedZero,
            e => e.Args[1].Number == 0 ? e.Args[0] : null),

        Rule("zero-minus", ["sub"], "0 - x = -x", Assume.UnsignedZero,
            e => e.Args[0].Number == 0 ? e.Make<Negate>(e.Args[1]) : null),

        Rule("chain-of-zero", ["chain"], "chain(0, x) = 0", Assume.Nothing,
            e => e.NumberAndOther is (0, _) ? e.Filled(0) : null),

        Rule("times-zero", ["mul"], "0 x = 0", Assume.Finite,
            e => e.NumberAndOther is (0, _) ? e.Filled(0) : null),

        Rule("zero-over", ["div"], "0 / x = 0", Assume.Finite,
            e => e.Args[0].Number == 0 ? e.Filled(0) : null),

        Rule("minus-itself", ["sub"], "x - x = 0", Assume.Finite,
            e => e.Args[0] == e.Args[1] ? e.Filled(0) : null),

        Rule("over-itself", ["div"], "x / x = 1", Assume.Finite,
            e => e.Args[0] == e.Args[1] ? e.Filled(1) : null),
    ];
}
