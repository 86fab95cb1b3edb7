using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Reading;

/// <summary>
/// Sums and products as a person writes them: a x + b x = (a + b) x, and a product's number comes first. A reading only: the sums are of the same terms,
/// in another order, and so may differ by their rounding; the chain rule's products are products. A product that is used several times is a factor, so
/// that it keeps its name.
/// </summary>
internal sealed class LikeTerms
{
    /// <summary>Of longer graphs the parts that are used twice have names, and terms are what these are.</summary>
    private const int Longest = 500;

    /// <param name="Number">What the factors are multiplied by.</param>
    private sealed record Term(double Number, ImmutableArray<Expr> Factors);

    /// <summary>How many uses each node has, as it was and as it is written.</summary>
    private readonly Dictionary<Expr, int> _uses = [];

    public static Expr Of(Expr e)
    {
        var order = Traversal.Topological([e]);
        if (order.Length > Longest || !order.Any(IsCombined)) return e;
        var terms = new LikeTerms();
        foreach (var arg in order.SelectMany(n => n.Args)) terms._uses[arg] = terms._uses.GetValueOrDefault(arg) + 1;
        return Traversal.Rebuild([e], (node, args) => terms.Written(node, node.With(args)))[0];
    }

    private static bool IsCombined(Expr e) => e.Op is Op.Map { Function.Type: var f } && (f == typeof(Add) || f == typeof(Subtract) || f == typeof(Negate) || f == typeof(Multiply) || f == typeof(Chain));

    private Expr Written(Expr original, Expr e)
    {
        var written = IsCombined(e) ? Collected(e) : e;
        _uses[written] = Math.Max(_uses.GetValueOrDefault(written), _uses.GetValueOrDefault(original));
        return written;
    }

    /// <summary>The same where no two terms are alike and each number is in its place.</summary>
    private Expr Collected(Expr e)
    {
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
        return written.Shape == e.Shape && (terms.Count < all.Count || terms.Any(t => t.Number is not (1 or -1)) && !HasNumbersFirst(e)) ? written : e;
    }

    private static bool HasNumbersFirst(Expr e) => IsSum(e) ? e.Args.All(HasNumbersFirst) : !Numbers(e).Skip(1).Any(n => n);

    /// <summary>Whether each factor is a number, from the left.</summary>
    private static IEnumerable<bool> Numbers(Expr e) => IsProduct(e) ? Numbers(e.Args[0]).Concat(Numbers(e.Args[1])) : [Number(e) is not null];

    private static bool IsSum(Expr e) => IsCombined(e) && !IsProduct(e);

    private static bool IsProduct(Expr e) => e.Op is Op.Map { Function.Type: var f } && (f == typeof(Multiply) || f == typeof(Chain));

    private static double? Number(Expr e) => e.Op switch
    {
        Op.Literal { Value: var value } when double.IsFinite(value) => value,
        Op.BroadcastTo => Number(e.Args[0]),
        _ => null,
    };

    private IEnumerable<Term> Terms(Expr e) => e.Op is Op.Map { Function.Type: var f }
        ? f == typeof(Add) ? Terms(e.Args[0]).Concat(Terms(e.Args[1]))
        : f == typeof(Subtract) ? Terms(e.Args[0]).Concat(Terms(e.Args[1]).Select(Opposite))
        : f == typeof(Negate) ? Terms(e.Args[0]).Select(Opposite)
        : [Factored(e)]
        : [Factored(e)];

    private static Term Opposite(Term term) => term with { Number = -term.Number };

    private Term Factored(Expr e, bool inner = false) => e.Op switch
    {
        _ when Number(e) is { } number => new(number, []),
        Op.Map when IsProduct(e) => Factored(e.Args[0], true) is var a && Factored(e.Args[1], true) is var b && new Term(a.Number * b.Number, a.Factors.AddRange(b.Factors)) is var product
            && (!inner || _uses.GetValueOrDefault(e) <= 1 || product.Number != 1) ? product : new(1, [e]),
        Op.Map { Function.Type: var f } when f == typeof(Negate) => Opposite(Factored(e.Args[0], true)),
        Op.Map { Function.Type: var f } when f == typeof(Square) && Factored(e.Args[0], true) is { Factors.Length: 1 } one => new(one.Number * one.Number, [one.Factors[0], one.Factors[0]]),
        _ => new(1, [e]),
    };

    private static bool IsLike(Term a, Term b) =>
        a.Factors.Length == b.Factors.Length && a.Factors.GroupBy(f => f).All(g => g.Count() == b.Factors.Count(f => f == g.Key));

    private static Expr Product(Term term)
    {
        Expr? product = term.Factors.GroupBy(f => f).Select(g => g.Count() switch { 1 => g.Key, 2 => g.Key.Square(), var n => g.Key.Pow(n) }).Aggregate((Expr?)null, (p, f) => p is null ? f : p * f);
        return product is null ? term.Number : term.Number == 1 ? product : term.Number == -1 ? -product : First(term.Number, product);
    }

    /// <summary>The number at the head of the product: 2 * x * y and 2 / x * y, not 2 * (x * y) and 2 * (1 / x) * y.</summary>
    private static Expr First(double number, Expr product) => product is { Op: Op.BroadcastTo, Args: [{ Op: Op.Map { Function.Type: var g }, Args: [var one, _] } quotient] } && g == typeof(Divide) && Number(one) == 1
        ? First(number, quotient).BroadcastTo(product.Shape)
        : product.Op is not Op.Map { Function.Type: var f } ? number * product
        : f == typeof(Multiply) ? First(number, product.Args[0]) * product.Args[1]
        : f == typeof(Divide) && Number(product.Args[0]) == 1 ? number / product.Args[1]
        : number * product;
}
