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

        /// <summary>What is broadcast or given another shape of the same elements, through any number of such steps.</summary>
        public Expr Unmoved
        {
            get
            {
                while (e.Op is Op.BroadcastTo or Op.Reshape) e = e.Args[0];
                return e;
            }
        }
    }

    /// <summary>Whether one is the negative of the other.</summary>
    public static bool AreOpposite(Expr a, Expr b) =>
        IsNegated(a, b) || IsNegated(b, a)
        || (a, b) is ({ Head: "sub", Args: [var p, var q] }, { Head: "sub", Args: [var r, var s] }) && p == s && q == r
        || (a, b) is ({ Head: "mul" }, { Head: "mul" }) && a.NumberAndOther is var (c, x) && b.NumberAndOther is var (d, y) && x == y && c == -d;

    private static bool IsNegated(Expr a, Expr b) => a is { Head: "neg", Args: [var x] } && x == b;

    /// <summary>
    /// Tries a law of two factors on each pair of factors of a product, and of a product in a product; what is left of the factors is multiplied by
    /// what the two give.
    /// </summary>
    public static Expr? OfFactors(Expr node, Func<Expr, Expr, Expr?> law)
    {
        if (node.Product is not var (a, b)) return null;
        if ((law(a, b) ?? law(b, a)) is { } pair) return pair;
        return Nested(node, a, b, law) ?? Nested(node, b, a, law);
    }

    private static Expr? Nested(Expr node, Expr product, Expr factor, Func<Expr, Expr, Expr?> law)
    {
        if (product.Product is not var (a, b)) return null;
        var op = product.Head == "chain" ? product.Op : node.Op;
        return (law(b, factor) ?? law(factor, b)) is { } second ? node.Make(op, a, second)
            : (law(a, factor) ?? law(factor, a)) is { } first ? node.Make(op, first, b)
            : null;
    }
}
