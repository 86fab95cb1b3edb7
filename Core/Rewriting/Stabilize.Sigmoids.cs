using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Stabilize
{
    /// <summary>Sigmoids and hyperbolic tangents written as quotients of exponentials.</summary>
    private static ImmutableArray<Rewrite> Sigmoids =>
    [
        Rule("sigmoid-of-exponentials", ["div"], "eᵃ / (eᵃ + eᵇ) = σ(a - b), eᵃ / (1 + eᵃ) = σ(a)", Assume.NoOverflow,
            e => e.Args[0] is { Head: "exp", Args: [var a] } top && Share(e, top, a, e.Args[1]) is { } share ? share : null),

        Rule("over-one-plus-exp", ["div", "reciprocal"], "a / (1 + eˣ) = a σ(-x)", Assume.NoOverflow,
            e => e.Quotient is var (over, under) && OnePlusExp(under) is { } x
                ? e.Make<Sigmoid>(e.Make<Negate>(x)) is var s && over is null ? s : e.Make<Multiply>(over!, s)
                : null),

        Rule("one-minus-sigmoid", ["sub"], "1 - σ(x) = σ(-x)", Assume.NoOverflow,
            e => e is { Args: [{ Number: 1 }, { Head: "sigmoid", Args: [var x] }] } ? e.Make<Sigmoid>(e.Make<Negate>(x)) : null),

        Rule("tanh-of-exponentials", ["div"], "(eˣ - e⁻ˣ) / (eˣ + e⁻ˣ) = tanh x", Assume.NoOverflow,
            e => e.Args is [{ Head: "sub", Args: [{ Head: "exp", Args: [var a] } p, { Head: "exp", Args: [var b] } q] }, { Head: "add", Args: [var r, var s] }]
                && ((r == p && s == q) || (r == q && s == p)) && Patterns.AreOpposite(a, b)
                    ? e.Make<Tanh>(a) : null),
    ];

    /// <summary>x of 1 + eˣ.</summary>
    private static Expr? OnePlusExp(Expr e) => e.Head == "add" && e.NumberAndOther is (1, { Head: "exp", Args: [var x] }) ? x : null;

    /// <summary>The share that eᵃ has of a sum of two exponentials.</summary>
    private static Expr? Share(Expr at, Expr top, Expr a, Expr sum) =>
        OnePlusExp(sum) == a ? at.Make<Sigmoid>(a)
        : sum is { Head: "add", Args: [{ Head: "exp", Args: [var p] } left, { Head: "exp", Args: [var q] } right] }
            ? left == top ? at.Make<Sigmoid>(at.Make<Subtract>(a, q)) : right == top ? at.Make<Sigmoid>(at.Make<Subtract>(a, p)) : null
            : null;
}
