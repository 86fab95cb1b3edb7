using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Canonicalize
{
    /// <summary>Powers whose exponents are numbers: a product is exact where a logarithm and an exponential are not.</summary>
    private static ImmutableArray<Rewrite> Powers =>
    [
        Power("power-zero", 0, "x⁰ = 1", Assume.Nothing, (e, _) => e.Filled(1)),
        Power("power-one", 1, "x¹ = x", Assume.Nothing, (_, x) => x),
        Power("power-two", 2, "x² = x x", Assume.Rounding, (e, x) => e.Make<Square>(x)),
        Power("power-three", 3, "x³ = x x²", Assume.Rounding, (e, x) => e.Make<Multiply>(x, e.Make<Square>(x))),
        Power("power-half", 0.5, "x^½ = √x", Assume.Finite, (e, x) => e.Make<Sqrt>(x)),
        Power("power-minus-half", -0.5, "x^-½ = 1 / √x", Assume.Finite, (e, x) => e.Make<Rsqrt>(x)),
        Power("power-minus-one", -1, "x⁻¹ = 1 / x", Assume.Rounding, (e, x) => e.Make<Divide>(e.Filled(1), x)),
        Power("power-minus-two", -2, "x⁻² = 1 / x²", Assume.NoOverflow, (e, x) => e.Make<Divide>(e.Filled(1), e.Make<Square>(x))),

        Rule("product-with-itself", ["mul"], "x x = x²", Assume.Nothing,
            e => e.Args[0] == e.Args[1] ? e.Make<Square>(e.Args[0]) : null),
    ];

    private static Rewrite Power(string name, double exponent, string law, string assumption, Func<Expr, Expr, Expr> result) =>
        Rule(name, ["pow"], law, assumption, e => e.Args[1].Number == exponent ? result(e, e.Args[0]) : null);
}
