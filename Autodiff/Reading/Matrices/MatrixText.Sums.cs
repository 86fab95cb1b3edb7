using AutoDiffAE.Shapes;
using static AutoDiffAE.Reading.MatrixAlgebra;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

internal sealed partial class MatrixText
{
    private Part WriteSum(Sum s, int rank)
    {
        // (A B - C)ᵀ rather than Bᵀ Aᵀ - Cᵀ.
        if (s.IsWide && Transposed(s) is Sum other && other.Transpositions < s.Transpositions) return new($"({WriteSum(other, 2).Text}).T", Atom);
        var text = "";
        foreach (var (term, part) in s.Terms.Zip(Aligned(s.Terms.Select(Unsigned).ToSequence(), rank)))
        {
            var negative = AsProduct(term).Coefficient.Over < 0;
            text += text.Length == 0 ? negative ? $"-{part.At(Multiplication)}" : part.At(Addition) : $" {(negative ? "-" : "+")} {part.At(Multiplication)}";
        }
        return new(text, Addition);
    }

    private static MatrixTerm Unsigned(MatrixTerm t) => AsProduct(t).Coefficient.Over < 0 ? Negative(t) : t;

    private Part WriteHadamard(Hadamard h)
    {
        var rank = h.IsNumber ? 0 : Axes(h) ?? 1;
        var parts = h.Factors.Zip(Aligned(h.Factors.Select(f => f.Base).ToSequence(), rank), (f, part) => (f.Exponent, Part: Raised(part, Math.Abs(f.Exponent)))).ToList();
        var above = parts.Where(p => p.Exponent > 0).Select(p => p.Part).DefaultIfEmpty(new("1", Atom)).ToList();
        var below = parts.Where(p => p.Exponent < 0).Select(p => p.Part).ToList();
        return above.Count + below.Count == 1 ? above[0] : new(string.Join(" * ", above.Select(a => a.At(Sign))) + string.Concat(below.Select(b => $" / {b.At(Sign)}")), Multiplication);
    }

    /// <summary>Operands of elementwise operations, of which the language repeats numbers, rows and columns where others have the whole size.</summary>
    private List<Part> Aligned(Sequence<MatrixTerm> terms, int rank)
    {
        var whole = terms.Select(t => !IsRepeated(t)).ToList();
        if (!whole.Contains(true)) whole[0] = true;
        return [.. terms.Select((t, i) => whole[i] ? Write(t, rank) : Narrow(t))];
    }

    private static bool IsRepeated(MatrixTerm t) => !t.IsNumber && (Filling(t) is not null || (t.IsWide && AsProduct(t).Factors is [Ones, ..] or [.., Transpose { Of: Ones }]));

    private Part Narrow(MatrixTerm t)
    {
        if (Filling(t) is { } number) return Write(number, 0);
        var p = AsProduct(t);
        if (p.Factors[^1] is Transpose { Of: Ones }) return Write(Times(p with { Factors = [] }, p.Factors.SkipLast(1).Aggregate(Times)), 2);
        var row = Times(p with { Factors = [] }, p.Factors.Skip(1).Aggregate(Times));
        return Write(row, Axes(row) ?? 1);
    }
}
