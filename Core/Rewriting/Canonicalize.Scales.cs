using System.Collections.Immutable;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>Numbers as factors and terms.</summary>
    private static ImmutableArray<Rewrite> Scales =>
    [
        Rule("times-minus-one", ["mul", "chain"], "(-1) x = -x", Assume.UnsignedZero,
            e => e.NumberAndOther is (-1, var x) ? e.Make<Negate>(x) : null),

        Rule("chain-of-number", ["chain"], "chain(c, x) = c x for a number c other than 0", Assume.UnsignedZero,
            e => e.NumberAndOther is (not 0, _) and var (c, _) && double.IsFinite(c) ? e.Make<Multiply>(e.Args[0], e.Args[1]) : null),

        Rule("over-power-of-two", ["div"], "x / 2ᵏ = 2⁻ᵏ x", Assume.Nothing,
            e => e.Args[1].Number is { } c && IsPowerOfTwo(c) ? e.Make<Multiply>(e.Filled(1 / c), e.Args[0]) : null),

        Rule("scale-of-scale", ["mul"], "c (d x) = (c d) x where no number is extreme", Assume.Rounding,
            e => e.NumberAndOther is var (c, y) && y is { Head: "mul" } && y.NumberAndOther is var (d, x) && IsModest(c) && IsModest(d) && IsModest(c * d)
                ? e.Make<Multiply>(e.Filled(c * d), x) : null),

        Rule("shift-of-shift", ["add"], "c + (d + x) = (c + d) + x where c + d is exact", Assume.Rounding,
            e => e.NumberAndOther is var (c, y) && y is { Head: "add" } && y.NumberAndOther is var (d, x) && IsExactSum(c, d)
                ? e.Make<Add>(e.Filled(c + d), x) : null),

        Rule("times-reciprocal", ["mul"], "a (1 / b) = a / b", Assume.NoOverflow,
            e => e.Args[1].Quotient is (null, var b) ? e.Make<Divide>(e.Args[0], b)
                : e.Args[0].Quotient is (null, var d) ? e.Make<Divide>(e.Args[1], d)
                : null),
    ];

    private static bool IsPowerOfTwo(double c) =>
        double.IsNormal(c) && double.IsNormal(1 / c) && (BitConverter.DoubleToInt64Bits(c) & 0xFFFFFFFFFFFFFL) == 0;

    /// <summary>Neither overflows nor underflows in single precision, nor does a product with what a value was otherwise multiplied by.</summary>
    private static bool IsModest(double c) => Math.Abs(c) is > 1e-30 and < 1e30;

    private static bool IsExactSum(double c, double d)
    {
        var sum = c + d;
        var rest = sum - c;
        return double.IsFinite(sum) && c - (sum - rest) + (d - rest) == 0;
    }
}
