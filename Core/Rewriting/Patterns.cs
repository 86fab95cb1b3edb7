using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>Views of an expression in which the left sides of laws are written.</summary>
internal static class Patterns
{
    extension(Expr e)
    {
        /// <summary>The operation by its name: a map by that of its function. A user's own functions and definitions have none.</summary>
        public string Head => e.Op is Op.Map { Function.IsOwn: false } or Op.Call ? "" : e.Op.Name;

        /// <summary>The one number that all elements are.</summary>
        public double? Number => e.Op switch
        {
            Op.Literal l => l.Value,
            Op.BroadcastTo when e.Args[0].Op is Op.Literal l => l.Value,
            _ => null,
        };

        /// <summary>The number that stands on one side of a sum or product, and the other side.</summary>
        public (double C, Expr X)? NumberAndOther => e.Args is not [var a, var b] ? null
            : a.Number is { } c ? (c, b)
            : b.Number is { } d ? (d, a)
            : null;

        /// <summary>Two factors, be it the chain rule's product or the plain one.</summary>
        public (Expr A, Expr B)? Product => e is { Head: "mul" or "chain", Args: [var a, var b] } ? (a, b) : null;

        /// <summary>A quotient of which the numerator is a number or not: 1 / b, a / b.</summary>
        public (Expr? Over, Expr Under)? Quotient => e switch
        {
            { Head: "div", Args: [var a, var b] } => (a.Number == 1 ? null : a, b),
            { Head: "reciprocal", Args: [var b] } => (null, b),
            _ => null,
        };
    }

    /// <summary>What is given another shape of the same elements, any number of times.</summary>
    public static Expr Flat(Expr e)
    {
        while (e.Op is Op.Reshape) e = e.Args[0];
        return e;
    }

    /// <summary>Whether one is the negative of the other.</summary>
    public static bool AreOpposite(Expr a, Expr b) =>
        IsNegated(a, b) || IsNegated(b, a)
        || (a, b) is ({ Head: "sub", Args: [var p, var q] }, { Head: "sub", Args: [var r, var s] }) && p == s && q == r
        || (a, b) is ({ Head: "mul" }, { Head: "mul" }) && a.NumberAndOther is var (c, x) && b.NumberAndOther is var (d, y) && x == y && c == -d;

    private static bool IsNegated(Expr a, Expr b) => a is { Head: "neg", Args: [var x] } && x == b;

    /// <summary>
    /// Tries a law of two factors on each pair of factors of a product, one of which may stand in a product of a product. What the two give takes the
    /// place of the one, and the other is gone.
    /// </summary>
    public static Expr? OfFactors(Expr node, Func<Expr, Expr, Expr?> law) => node.Product is not var (a, b) ? null
        : Among(node, a, b, law, 3) ?? Among(node, b, a, law, 3);

    private static Expr? Among(Expr node, Expr factors, Expr other, Func<Expr, Expr, Expr?> law, int depth)
    {
        if ((law(factors, other) ?? law(other, factors)) is { } pair) return pair;
        if (depth == 0 || factors.Product is not var (a, b)) return null;
        var op = factors.Head == "chain" ? factors.Op : node.Op;
        return Among(node, b, other, law, depth - 1) is { } second ? node.Make(op, a, second)
            : Among(node, a, other, law, depth - 1) is { } first ? node.Make(op, first, b)
            : null;
    }
}
