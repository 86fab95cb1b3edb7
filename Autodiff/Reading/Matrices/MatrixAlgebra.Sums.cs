using AutoDiffAE.Shapes;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

internal static partial class MatrixAlgebra
{
    public static MatrixTerm Negative(MatrixTerm a) => Times(Number(-1), a);

    public static MatrixTerm Plus(MatrixTerm a, MatrixTerm b) => Added([a, b], a);

    /// <summary>The normal form of a sum of terms of one size.</summary>
    private static MatrixTerm Added(IEnumerable<MatrixTerm> summands, MatrixTerm like)
    {
        List<Product> terms = [];
        foreach (var term in summands.SelectMany(Summands).Select(AsProduct))
        {
            var at = terms.FindIndex(t => t.Numbers.Equals(term.Numbers) && t.Factors.Equals(term.Factors));
            if (at < 0) terms.Add(term);
            else terms[at] = term with { Coefficient = terms[at].Coefficient + term.Coefficient };
        }
        terms.RemoveAll(t => t.Coefficient.Over == 0);
        if (terms.Count == 0) return Filled(Number(0), like.Rows, like.Columns);
        if (terms.Count == 1) return Lone(terms[0]);
        return Spread(terms) ?? Factored(terms) ?? WithCommonScale(InOrder(terms));
    }

    /// <summary>Of terms of one length, such as A and Aᵀ, those with fewer transpositions first; others in the order that they came in.</summary>
    private static List<Product> InOrder(List<Product> terms) => terms.Select(t => t.Length).Distinct().Count() == 1 ? [.. terms.OrderBy(t => t.Transpositions)] : terms;

    /// <summary>A sum with the longest term first: of a gradient, in which the terms have the order of the steps back.</summary>
    internal static MatrixTerm LongestFirst(MatrixTerm term) => term switch
    {
        Sum s => new Sum(s.Terms.OrderBy(t => AsProduct(t).Coefficient.Over < 0).ThenByDescending(t => t.Length).ToSequence()),
        Product { Factors: [Sum s] } p => p with { Factors = [LongestFirst(s)] },
        _ => term,
    };

    /// <summary>What is shorter where elementwise products of sums are multiplied out, and σ(-x) is 1 - σ(x); its longest term is positive.</summary>
    private static MatrixTerm? Spread(List<Product> terms)
    {
        List<List<MatrixTerm>> spread = [.. terms.Select(Spread)];
        if (spread.All(s => s.Count == 1)) return null;
        var sum = Added(spread.SelectMany(s => s), terms[0]);
        if (sum.Length >= terms.Sum(t => t.Length)) return null;
        return sum is Sum { Terms: var left } && AsProduct(left.MaxBy(t => t.Length)!).Coefficient.Over < 0
            ? Times(Number(-1), new Sum(left.Select(Negative).OrderByDescending(t => t.Length).ToSequence()))
            : sum;
    }

    private static List<MatrixTerm> Spread(Product t)
    {
        if (t.Factors is not [Hadamard or Elementwise]) return [Lone(t)];
        var parts = Parts(t);
        var at = parts.ToList().FindIndex(p => p.Exponent == 1 && Opened(p.Base).Count > 1);
        if (at < 0) return [Lone(t)];
        var others = parts.Where((_, i) => i != at).ToList();
        return [.. Opened(parts[at].Base).Select(s => Times(t with { Factors = [] }, others.Count == 0 ? s : ElementProduct(Powers(others), s)))];
    }

    private static List<MatrixTerm> Opened(MatrixTerm term) => term switch
    {
        Sum s => [.. s.Terms],
        Elementwise { Function: { Name: "sigmoid", IsOwn: true } f, Args: [var x] } when AsProduct(x).Coefficient.Over < 0 => [Filled(Number(1), x.Rows, x.Columns), Negative(Mapped(f, [Negative(x)]))],
        _ => [term],
    };

    private static IEnumerable<MatrixTerm> Summands(MatrixTerm term) => term switch
    {
        Sum s => s.Terms,
        Product { Numbers: [{ Base: Sum s, Exponent: 1 }], Factors.Count: 0 } p => s.Terms.Select(t => Scaled(p.Coefficient, t)),
        Product { Factors: [Sum s] } p => s.Terms.Select(t => Times(p with { Factors = [] }, t)),
        _ => [term],
    };

    private static MatrixTerm Scaled(Ratio by, MatrixTerm t) => AsProduct(t) is var p ? Lone(p with { Coefficient = by * p.Coefficient }) : t;

    /// <summary>A X + B X = (A + B) X and X A + X B = X (A + B), for the end that most terms have.</summary>
    private static MatrixTerm? Factored(List<Product> terms)
    {
        var ends = from t in terms
                   where t.Factors.Count > 1
                   from left in (bool[])[false, true]
                   select (Left: left, Factor: left ? t.Factors[0] : t.Factors[^1]);
        var best = ends.GroupBy(e => e).Where(g => g.Count() > 1 && g.Key.Factor is not Ones).MaxBy(g => g.Count());
        if (best is null) return null;
        var (atLeft, factor) = best.Key;
        bool Has(Product t) => t.Factors.Count > 1 && (atLeft ? t.Factors[0] : t.Factors[^1]).Equals(factor);
        MatrixTerm Rest(Product t) => Multiplied(t.Coefficient, t.Numbers, atLeft ? t.Factors.Skip(1) : t.Factors.Take(t.Factors.Count - 1));
        var shared = terms.Where(Has).ToList();
        var rest = Added(shared.Select(Rest), Rest(shared[0]));
        var product = atLeft ? Times(factor, rest) : Times(rest, factor);
        var at = terms.IndexOf(shared[0]);
        return Added([.. terms.Take(at).Where(t => !Has(t)), product, .. terms.Skip(at).Where(t => !Has(t))], terms[0]);
    }

    /// <summary>A number that all terms have stands before the sum, and a term that is not negative comes first.</summary>
    private static MatrixTerm WithCommonScale(List<Product> terms)
    {
        var equal = terms.All(t => Magnitude(t).Equals(Magnitude(terms[0])));
        var coefficient = equal ? Magnitude(terms[0]) : Ratio.One;
        if (terms.All(t => t.Coefficient.Over < 0)) coefficient = -coefficient;
        var common = terms[0].Numbers.Where(n => terms.All(t => t.Numbers.Contains(n))).ToList();
        var sign = Math.Sign(coefficient.Over);
        var rest = terms.Select(t => Lone(t with { Coefficient = equal ? new(sign * Math.Sign(t.Coefficient.Over), 1) : t.Coefficient with { Over = sign * t.Coefficient.Over }, Numbers = t.Numbers.Except(common).ToSequence() })).ToList();
        // What stood before a sum is gone: its terms are terms of this one.
        if (rest.Any(t => Summands(t).Count() > 1)) return Times(new Product(coefficient, common.ToSequence(), []), Added(rest, terms[0]));
        var first = rest.FindIndex(t => AsProduct(t).Coefficient.Over > 0);
        if (first > 0) rest = [rest[first], .. rest.Take(first), .. rest.Skip(first + 1)];
        var sum = new Sum(rest.ToSequence());
        return sum.IsNumber
            ? Multiplied(coefficient, common.Append(new(sum, 1)), [])
            : Multiplied(coefficient, common, [sum]);
    }

    private static Ratio Magnitude(Product t) => t.Coefficient with { Over = Math.Abs(t.Coefficient.Over) };
}
