using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>An equation of einsum, read for operands: a label for each axis of each, and for each axis of the result.</summary>
internal sealed record Subscripts(ImmutableArray<string> Operands, string Result)
{
    /// <summary>Axes under dots are labelled from the last on, so that those of two operands meet as in broadcasting.</summary>
    private const char Dots = '\uE000';

    /// <exception cref="ShapeException">The equation is none, or does not fit the operands.</exception>
    public static Subscripts Of(string equation, ImmutableArray<Expr> operands)
    {
        ShapeException Refuse(string reason) => Refusal.Of($"einsum \"{equation}\"", operands, reason, Origin.Here());
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var terms = sides[0].Split(',');
        if (sides.Length > 2) throw Refuse("an equation has one arrow");
        if (terms.Length != operands.Length) throw Refuse($"{terms.Length} terms for {operands.Length} operands");
        foreach (var term in terms.Concat(sides.Skip(1)))
            if (term.Replace("...", "", StringComparison.Ordinal) is var letters && (letters.Any(c => !char.IsAsciiLetter(c)) || letters.Length < term.Length - 3))
                throw Refuse($"\"{term}\" is not made of letters and at most one \"...\"");

        var dots = terms.Zip(operands, (t, x) => t.Contains('.', StringComparison.Ordinal) ? x.Rank - (t.Length - 3) : t.Length == x.Rank ? 0 : -1).ToList();
        if (dots.FindIndex(d => d < 0) is >= 0 and var bad) throw Refuse($"\"{terms[bad]}\" does not name the axes of the shape {operands[bad].Shape}");
        ImmutableArray<string> read = [.. terms.Zip(dots, (t, d) => t.Replace("...", Dotted(d), StringComparison.Ordinal))];
        var once = string.Concat(read).GroupBy(c => c).Where(g => g.Count() == 1 && g.Key < Dots).Select(g => g.Key).Order();
        var result = sides.Length == 2 ? sides[1].Replace("...", Dotted(dots.Max()), StringComparison.Ordinal) : Dotted(dots.Max()) + string.Concat(once);
        if (result.Distinct().Count() < result.Length) throw Refuse("the result names an axis twice");
        if (result.Except(string.Concat(read)).Any()) throw Refuse("the result names an axis that no operand has");
        foreach (var (label, lengths) in Lengths(read, operands))
            if (lengths.Count(d => !d.Is(1)) > 1)
                throw Refuse($"the lengths {string.Join(" and ", lengths)} of {(label < Dots ? label.ToString() : "the axes under dots")} differ");
        return new(read, result);
    }

    /// <summary>The lengths that each label stands for: one, or 1 and another.</summary>
    public static Dictionary<char, List<Dim>> Lengths(ImmutableArray<string> labels, ImmutableArray<Expr> operands) =>
        labels.Zip(operands).SelectMany(p => p.First.Zip(p.Second.Shape)).GroupBy(p => p.First, p => p.Second).ToDictionary(g => g.Key, g => g.Distinct().ToList());

    private static string Dotted(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)(Dots + count - 1 - i)));
}
