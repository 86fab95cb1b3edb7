using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>A negation moves outwards until it meets another, a number or a difference. Rounding is symmetric, so nothing changes.</summary>
    private static ImmutableArray<Rewrite> Signs =>
    [
        Rule("negation-twice", ["neg"], "-(-x) = x", Assume.Nothing,
            e => Negated(e.Args[0])),

        Rule("negated-difference", ["neg"], "-(a - b) = b - a", Assume.UnsignedZero,
            e => e.Args[0] is { Head: "sub", Args: [var a, var b] } ? e.Make<Subtract>(b, a) : null),

        Rule("negated-scale", ["neg"], "-(c x) = (-c) x", Assume.Nothing,
            e => e.Args[0] is { Head: "mul" } product && product.NumberAndOther is var (c, x) ? e.Make<Multiply>(e.Filled(-c), x) : null),

        Rule("plus-negative", ["add"], "a + (-b) = a - b", Assume.Nothing,
            e => Negated(e.Args[1]) is { } b ? e.Make<Subtract>(e.Args[0], b)
                : Negated(e.Args[0]) is { } a ? e.Make<Subtract>(e.Args[1], a)
                : null),

        Rule("minus-negative", ["sub"], "a - (-b) = a + b", Assume.Nothing,
            e => Negated(e.Args[1]) is { } b ? e.Make<Add>(e.Args[0], b) : null),

        Rule("negative-minus", ["sub"], "-a - b = -(a + b)", Assume.UnsignedZero,
            e => Negated(e.Args[0]) is { } a ? e.Make<Negate>(e.Make<Add>(a, e.Args[1])) : null),

        Rule("scale-of-negative", ["mul"], "c (-x) = (-c) x", Assume.Nothing,
            e => e.NumberAndOther is var (c, x) && Negated(x) is { } y ? e.Make<Multiply>(e.Filled(-c), y) : null),

        Rule("negative-factor", ["mul", "chain", "div"], "(-a) b = -(a b), (-a) / b = -(a / b)", Assume.UnsignedZero,
            e => Negated(e.Args[0]) is { } a ? e.Make<Negate>(e.Make(e.Op, a, e.Args[1]))
                : Negated(e.Args[1]) is { } b ? e.Make<Negate>(e.Make(e.Op, e.Args[0], b))
                : null),

        Rule("even", ["square", "abs", "cos", "cosh"], "f(-x) = f(x) of an even f", Assume.Nothing,
            e => Negated(e.Args[0]) is { } x ? e.Make(e.Op, x) : null),

        Rule("square-of-magnitude", ["square"], "|x|² = x²", Assume.Nothing,
            e => e.Args[0] is { Head: "abs", Args: [var x] } ? e.Make(e.Op, x) : null),

        Rule("magnitude-of-what-is-not-negative", ["abs"], "|x| = x where x is a magnitude, a square, an exponential, a root or a sigmoid", Assume.UnsignedZero,
            e => e.Args[0].Head is "abs" or "square" or "exp" or "exp2" or "sqrt" or "sigmoid" or "relu" or "softplus" or "cosh" ? e.Args[0] : null),
    ];

    private static Expr? Negated(Expr e) => e is { Head: "neg", Args: [var x] } ? x : null;
}
