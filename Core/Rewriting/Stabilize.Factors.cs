using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Stabilize
{
    /// <summary>Factors of which one overflows where the other underflows, as the chain rule makes them of logarithms and quotients.</summary>
    private static ImmutableArray<Rewrite> Factors =>
    [
        Rule("sigmoid-times-exp", ["mul", "chain"], "σ(-x) eˣ = σ(x)", Assume.NoOverflow,
            e => Patterns.OfFactors(e, (f, g) => g is not { Head: "exp", Args: [var x] } ? null
                : f is { Head: "sigmoid", Args: [var y] } && Patterns.AreOpposite(x, y) ? e.Make<Sigmoid>(x)
                : f is { Head: "square", Args: [{ Head: "sigmoid", Args: [var z] } s] } && Patterns.AreOpposite(x, z) ? e.Make<Multiply>(s, e.Make<Sigmoid>(x))
                : null)),

        Rule("share-of-exp", ["mul", "chain"], "eᵃ (c / (eᵃ + eᵇ)) = c σ(a - b)", Assume.NoOverflow,
            e => Patterns.OfFactors(e, (f, g) => g is { Head: "exp", Args: [var a] } && f.Quotient is var (over, sum) && Share(e, g, a, sum) is { } share
                ? over is null ? share : e.Make<Multiply>(over, share)
                : null)),

        Rule("cancelled-factor", ["mul", "chain"], "(a / s) s b = a b where s > 0", Assume.NoOverflow,
            e => Patterns.OfFactors(e, (f, g) => f.Quotient is var (over, under) && IsPositive(under) && Other(g, under) is var (found, rest) && found
                ? (over, rest) switch
                {
                    (null, null) => e.Filled(1),
                    (null, { } b) => b,
                    ({ } a, null) => a,
                    ({ } a, { } b) => e.Make<Multiply>(a, b),
                }
                : null)),

        Rule("cancelled-term", ["mul", "chain"], "s (p / s - r) = p - s r where s > 0", Assume.NoOverflow,
            e => e.Product is not var (a, b) ? null : OfCancelled(e, a, b) ?? OfCancelled(e, b, a)),

        Rule("cross-entropy-of-two", ["mul", "chain"], "(p / s ± q / u) s u = p u ± q s where s, u > 0", Assume.NoOverflow, OfTwo),
    ];

    /// <summary>Whether a factor is there, and what stands beside it.</summary>
    private static (bool Found, Expr? Beside)? Other(Expr g, Expr factor) =>
        g == factor ? (true, null)
        : g.Product is var (a, b) ? a == factor ? (true, b) : b == factor ? (true, a) : null
        : null;

    private static Expr? OfCancelled(Expr e, Expr s, Expr sum) =>
        !IsPositive(s) || sum is not { Head: "add" or "sub", Args: [var left, var right] } ? null
        : Divided(e, left, s) is { } p ? e.Make(sum.Op, p, e.Make<Multiply>(s, right))
        : Divided(e, right, s) is { } q ? e.Make(sum.Op, e.Make<Multiply>(s, left), q)
        : null;

    private static Expr? OfTwo(Expr e)
    {
        if (e.Product is not var (sum, product) || sum is not { Head: "add" or "sub", Args: [var left, var right] }) return null;
        if (product.Product is not var (s, u) || !IsPositive(s) || !IsPositive(u)) return null;
        if (Divided(e, left, s) is { } p && Divided(e, right, u) is { } q) return e.Make(sum.Op, e.Make<Multiply>(p, u), e.Make<Multiply>(q, s));
        return Divided(e, left, u) is { } r && Divided(e, right, s) is { } t ? e.Make(sum.Op, e.Make<Multiply>(r, s), e.Make<Multiply>(t, u)) : null;
    }

    /// <summary>p of p / s or p (1 / s).</summary>
    private static Expr? Divided(Expr at, Expr e, Expr s) =>
        e.Quotient is var (over, under) && under == s ? over ?? at.Filled(1)
        : e.Product is not var (a, b) ? null
        : b.Quotient is (null, var d) && d == s ? a
        : a.Quotient is (null, var c) && c == s ? b
        : null;

    /// <summary>Whether every value is positive, but for what underflows.</summary>
    private static bool IsPositive(Expr e, int depth = 6) => depth > 0 && (e switch
    {
        { Head: "exp" or "sigmoid" or "softplus" or "cosh" } => true,
        { Op: Op.Call { Definition.Name: "softmax" } } => true,
        { Head: "add" or "mul" or "div", Args: [var a, var b] } => (a.Number > 0 || IsPositive(a, depth - 1)) && (b.Number > 0 || IsPositive(b, depth - 1)),
        { Op: Op.Sum or Op.Reshape or Op.BroadcastTo, Args: [var x] } => IsPositive(x, depth - 1),
        _ => false,
    });
}
