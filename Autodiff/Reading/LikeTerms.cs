using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Reading;

/// <summary>
/// Sums and products as a person writes them: a x + b x = (a + b) x, and a product's number comes first. A reading only: the sums are of the same terms,
/// in another order, and so may differ by their rounding; the chain rule's products are products.
/// </summary>
internal static class LikeTerms
{
    /// <summary>Of longer graphs the parts that are used twice have names, and terms are what these are.</summary>
    private const int Longest = 500;

    /// <param name="Number">What the factors are multiplied by.</param>
    private sealed record Term(double Number, ImmutableArray<Expr> Factors);

    public static Expr Of(Expr e) => Traversal.Topological([e]) is { Length: <= Longest } order && order.Any(IsCombined)
        ? Traversal.Rebuild([e], (node, args) => Written(node.With(args)))[0]
        : e;

    private static bool IsCombined(Expr e) => e.Op is Op.Map { Function.Type: var f } && (f == typeof(Add) || f == typeof(Subtract) || f == typeof(Negate) || f == typeof(Multiply) || f == typeof(Chain));

    private static Expr Written(Expr e)
    {
        if (!IsCombined(e)) return e;
        List<Term> all = [.. Terms(e)];
        List<Term> distinct = [];
        foreach (var term in all)
        {
            var at = distinct.FindIndex(t => IsLike(t, term));
            if (at < 0) distinct.Add(term);
            else distinct[at] = distinct[at] with { Number = distinct[at].Number + term.Number };
        }
        var terms = distinct.Where(t => t.Number != 0).ToList();
        if (terms.Count == 0) return e;
        var first = terms.FindIndex(t => t.Number > 0) is > 0 and var positive ? positive : 0;
        var written = terms.Index().Where(t => t.Index != first).Aggregate(Product(terms[first]), (sum, t) => t.Item.Number < 0 ? sum - Product(t.Item with { Number = -t.Item.Number }) : sum + Product(t.Item));
        return written.Shape == e.Shape ? written : e;
    }

    private static IEnumerable<Term> Terms(Expr e) => e.Op is Op.Map { Function.Type: var f }
        ? f == typeof(Add) ? Terms(e.Args[0]).Concat(Terms(e.Args[1]))
        : f == typeof(Subtract) ? Terms(e.Args[0]).Concat(Terms(e.Args[1]).Select(Opposite))
        : f == typeof(Negate) ? Terms(e.Args[0]).Select(Opposite)
        : [Factored(e)]
        : [Factored(e)];

    private static Term Opposite(Term term) => term with { Number = -term.Number };

    private static Term Factored(Expr e) => e.Op switch
    {
        Op.Literal { Value: var value } when double.IsFinite(value) => new(value, []),
        Op.Map { Function.Type: var f } when f == typeof(Multiply) || f == typeof(Chain) => Factored(e.Args[0]) is var a && Factored(e.Args[1]) is var b ? new(a.Number * b.Number, a.Factors.AddRange(b.Factors)) : null!,
        Op.Map { Function.Type: var f } when f == typeof(Negate) => Opposite(Factored(e.Args[0])),
        Op.Map { Function.Type: var f } when f == typeof(Square) && Factored(e.Args[0]) is { Factors.Length: 1 } one => new(one.Number * one.Number, [one.Factors[0], one.Factors[0]]),
        _ => new(1, [e]),
    };

    private static bool IsLike(Term a, Term b) =>
        a.Factors.Length == b.Factors.Length && a.Factors.GroupBy(f => f).All(g => g.Count() == b.Factors.Count(f => f == g.Key));

    private static Expr Product(Term term)
    {
        Expr? product = term.Factors.GroupBy(f => f).Select(g => g.Count() switch { 1 => g.Key, 2 => g.Key.Square(), var n => g.Key.Pow(n) }).Aggregate((Expr?)null, (p, f) => p is null ? f : p * f);
        return product is null ? term.Number : term.Number == 1 ? product : term.Number == -1 ? -product : First(term.Number, product);
    }

    /// <summary>The number at the head of the product: 2 * x * y, not 2 * (x * y).</summary>
    private static Expr First(double number, Expr product) =>
        product.Op is Op.Map { Function.Type: var f } && f == typeof(Multiply) ? First(number, product.Args[0]) * product.Args[1] : number * product;
}
