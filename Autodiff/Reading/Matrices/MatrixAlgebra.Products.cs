using AutoDiffAE.Shapes;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

internal static partial class MatrixAlgebra
{
    /// <summary>A B, or a number times a matrix.</summary>
    public static MatrixTerm Times(MatrixTerm a, MatrixTerm b) => (AsProduct(a), AsProduct(b)) is var (p, q)
        ? Multiplied(p.Coefficient * q.Coefficient, p.Numbers.Concat(q.Numbers), p.Factors.Concat(q.Factors))
        : a;

    /// <summary>A number to a whole power.</summary>
    internal static MatrixTerm Raised(MatrixTerm number, int exponent) => AsProduct(number) is var p
        ? Multiplied(p.Coefficient.ToThe(exponent), p.Numbers.Select(s => new MatrixPower(s.Base, s.Exponent * exponent)), [])
        : number;

    /// <summary>The normal form of a product: A I = A, A A⁻¹ = I, and each stretch of factors that is a number, such as aᵀ b, stands before the matrices.</summary>
    private static MatrixTerm Multiplied(Ratio coefficient, IEnumerable<MatrixPower> numbers, IEnumerable<MatrixTerm> factors)
    {
        List<MatrixTerm> chain = [.. factors];
        List<MatrixPower> before = [.. numbers];
        var (rows, columns) = chain.Count == 0 ? ((Dim)1, (Dim)1) : (chain[0].Rows, chain[^1].Columns);
        while (Cancelled(chain)) { }
        if (chain.Count > 1) chain.RemoveAll(f => f is Identity);
        if (chain.Count == 0 && !rows.Is(1)) chain.Add(new Identity(rows));
        foreach (var number in NumbersIn(chain))
        {
            // A number of several parts is them.
            var parts = AsProduct(number);
            coefficient *= parts.Coefficient;
            before.AddRange(parts.Numbers);
        }
        if (coefficient.Over == 0) return new Product(Ratio.Zero, [], Zero(rows, columns));

        List<MatrixPower> merged = [];
        foreach (var (of, exponent) in before.Select(n => (n.Base, n.Exponent)))
        {
            var at = merged.FindIndex(m => m.Base.Equals(of));
            if (at < 0) merged.Add(new(of, exponent));
            else merged[at] = new(of, merged[at].Exponent + exponent);
        }
        merged.RemoveAll(m => m.Exponent == 0);
        if (coefficient.Over < 0 && Opposed(merged, chain)) coefficient = -coefficient;
        return Lone(new(coefficient, merged.OrderBy(m => $"{m.Base}", StringComparer.Ordinal).ToSequence(), chain.ToSequence()));
    }

    /// <summary>-(a - b) c = (b - a) c: turns such a difference where it is a number, or the first matrix, if there is one.</summary>
    private static bool Opposed(List<MatrixPower> numbers, List<MatrixTerm> chain)
    {
        var at = numbers.FindIndex(n => n.Exponent % 2 != 0 && n.Base is Sum s && s.Terms.Any(IsNegative));
        if (at >= 0) numbers[at] = numbers[at] with { Base = Opposite((Sum)numbers[at].Base) };
        else if (chain is [Sum s, ..] && s.Terms.Any(IsNegative)) chain[0] = Opposite(s);
        else if (chain is [Hadamard h, ..] && Opposite(h) is { } other) chain[0] = other;
        else if (chain is [Transpose { Of: Hadamard t }, ..] && Opposite(t) is { } turned) chain[0] = new Transpose(turned);
        else return false;
        return true;
    }

    private static bool IsNegative(MatrixTerm t) => AsProduct(t).Coefficient.Over < 0;

    /// <summary>-(a - b), a term that is not negative first.</summary>
    private static Sum Opposite(Sum s) => new(s.Terms.Select(Negative).OrderBy(IsNegative).ToSequence());

    private static Hadamard? Opposite(Hadamard h)
    {
        var factors = h.Factors.ToList();
        var at = factors.FindIndex(f => f.Exponent % 2 != 0 && f.Base is Sum s && s.Terms.Any(IsNegative));
        if (at >= 0) factors[at] = factors[at] with { Base = Opposite((Sum)factors[at].Base) };
        return at < 0 ? null : new(factors.OrderBy(f => $"{f.Base}", StringComparer.Ordinal).ToSequence());
    }

    private static Sequence<MatrixTerm> Zero(Dim rows, Dim columns) =>
        [.. rows.Is(1) ? (MatrixTerm[])[] : [new Ones(rows)], .. columns.Is(1) ? (MatrixTerm[])[] : [new Transpose(new Ones(columns))]];

    /// <summary>Takes an inverse away, with what it is the inverse of at its left or right.</summary>
    private static bool Cancelled(List<MatrixTerm> chain)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            var inverted = chain[i] switch { Inverse v => v.Of, Transpose { Of: Inverse v } => Transposed(v.Of), _ => null };
            if (inverted is null) continue;
            var of = AsProduct(inverted).Factors;
            if (i >= of.Count && chain.GetRange(i - of.Count, of.Count).SequenceEqual(of)) chain.RemoveRange(i - of.Count, of.Count + 1);
            else if (i + of.Count < chain.Count && chain.GetRange(i + 1, of.Count).SequenceEqual(of)) chain.RemoveRange(i, of.Count + 1);
            else continue;
            return true;
        }
        return false;
    }

    /// <summary>The numbers among the factors, which are taken out of the chain: what stands between two places where it is one wide.</summary>
    private static List<MatrixTerm> NumbersIn(List<MatrixTerm> chain)
    {
        List<MatrixTerm> found = [];
        for (var start = 0; start < chain.Count; start++)
        {
            if (!chain[start].Rows.Is(1)) continue;
            var end = chain.FindIndex(start, f => f.Columns.Is(1));
            if (end < 0) break;
            var stretch = chain.GetRange(start, end - start + 1);
            chain.RemoveRange(start, stretch.Count);
            found.Add(AsNumber(stretch));
            start--;
        }
        return found;
    }

    /// <summary>1ᵀ 1 is a length; aᵀ b and bᵀ a are one number.</summary>
    private static MatrixTerm AsNumber(List<MatrixTerm> stretch) => stretch switch
    {
        [var one] => one,
        [Transpose { Of: Ones { Height: var n } }, Ones] => Length(n),
        _ => Upright(stretch) is var s ? new Product(Ratio.One, [], s) : stretch[0],
    };

    private static Sequence<MatrixTerm> Upright(List<MatrixTerm> stretch)
    {
        var other = stretch.AsEnumerable().Reverse().Select(Transposed).ToSequence();
        var (here, there) = (stretch.Sum(f => f.Transpositions), other.Sum(f => f.Transpositions));
        return (there != here ? there - here : string.CompareOrdinal($"{other}", $"{stretch.ToSequence()}")) < 0 ? other : stretch.ToSequence();
    }
}
