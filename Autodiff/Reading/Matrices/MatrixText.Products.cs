using AutoDiffAE.Graph;
using static AutoDiffAE.Reading.MatrixAlgebra;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

internal sealed partial class MatrixText
{
    /// <summary>Numbers, then matrices, then what is divided by.</summary>
    private Part WriteProduct(Product p, int rank)
    {
        var (over, under, negative) = (Math.Abs(p.Coefficient.Over), p.Coefficient.Under, p.Coefficient.Over < 0);
        List<Part> above = [], below = [];
        if (over != 1) above.Add(new(Printer.Number(over), Atom));
        if (under != 1) below.Add(new(Printer.Number(under), Atom));
        foreach (var number in p.IsNumber && p.Factors.Count > 0 ? [] : p.Numbers)
            (number.Exponent > 0 ? above : below).Add(Raised(Write(number.Base, 0), Math.Abs(number.Exponent)));
        if (p.Factors.Count > 0) above.Add(Chain(p, rank));
        if (above.Count == 0) above.Add(new("1", Atom));
        if (above is [var one] && below.Count == 0) return negative ? new($"-{one.At(Multiplication)}", one.Level == Multiplication ? Multiplication : Sign) : one;
        // What follows a sign of multiplication must hold together, but a chain of matrices goes on from the left.
        var text = string.Join(" * ", above.Select((a, i) => i == 0 || (i == above.Count - 1 && p.Factors.Count > 0 && !p.IsNumber) ? a.At(Multiplication) : a.At(Sign)));
        return new($"{(negative ? "-" : "")}{text}{(below.Count == 0 ? "" : below is [var divisor] ? $" / {divisor.At(Sign)}" : $" / ({string.Join(" * ", below.Select(b => b.At(Sign)))})")}", Multiplication);
    }

    private static Part Raised(Part of, int exponent) => exponent == 1 ? of : new($"{of.At(Atom)} ** {exponent}", Power);

    private Part Chain(Product p, int rank)
    {
        var factors = p.Factors.ToList();
        if (p.IsNumber) return WriteNumber(factors);
        if (p.Columns.Is(1)) return WriteColumn(factors, rank);
        if (p.Rows.Is(1))
            return rank == 2 && Axes(factors[0]) == 2 ? Joined(factors, 2)
                : Cast(WriteColumn([.. factors.AsEnumerable().Reverse().Select(Transposed)], 1), 1, rank, p);
        var split = factors.FindIndex(f => f.Rows.Is(1));
        return split < 0 ? Joined(factors, 2) : WriteOuter(p, factors[..split], factors[split..]);
    }

    private Part WriteColumn(List<MatrixTerm> factors, int rank)
    {
        var term = factors.Count == 1 ? factors[0] : factors.Aggregate(Times);
        if (factors is [Ones ones]) return Write(ones, rank);
        if (factors[^1] is Ones && rank == 1 && factors.SkipLast(1).Aggregate(Times) is var summed && Transposed(summed) is var other && other.Transpositions < summed.Transpositions)
            return new($"sum({Write(other, 2).Text}, axis=0)", Atom);
        if (factors[^1] is Ones)
            return new($"sum({Joined(factors[..^1], 2).Text}, axis=1{(rank == 2 ? ", keepdims=true" : "")})", Atom);
        return Axes(factors[^1]) is { } natural && natural != rank ? Cast(Joined(factors, natural), natural, rank, term) : Joined(factors, rank);
    }

    /// <summary>A column times a row.</summary>
    private Part WriteOuter(Product p, List<MatrixTerm> left, List<MatrixTerm> right)
    {
        var (column, row) = (left.Aggregate(Times), right.Aggregate(Times));
        var shape = $"({p.Rows}, {p.Columns})";
        if (left is [Ones]) return right is [Transpose { Of: Ones }] ? Call("ones", $"{p.Rows}, {p.Columns}") : Call("broadcast_to", $"{Write(row, Axes(row) ?? 1).Text}, {shape}");
        if (right is [Transpose { Of: Ones }]) return Call("broadcast_to", $"{Write(column, 2).Text}, {shape}");
        return Axes(column) == 2 && Axes(row) == 2
            ? Joined([.. left, .. right], 2)
            : Call("outer", $"{Write(column, Axes(column) ?? 1).Text}, {Write(Transposed(row), Axes(row) ?? 1).Text}");
    }

    /// <summary>aᵀ A b, sums of all elements, and sums of a column.</summary>
    private Part WriteNumber(List<MatrixTerm> factors)
    {
        var (summedRows, summedColumns) = (factors[0] is Transpose { Of: Ones }, factors[^1] is Ones);
        if (summedRows && summedColumns) return Call("sum", Joined(factors[1..^1], 2).Text);
        if (summedRows) return Call("sum", WriteColumn(factors[1..], Axes(factors[^1]) ?? 1).Text);
        if (summedColumns) return WriteNumber([.. factors.AsEnumerable().Reverse().Select(Transposed)]);
        return Axes(factors[0]) == 1 && Axes(factors[^1]) == 1 ? Joined(factors, 1) : Call("sum", Joined(factors, null).Text);
    }

    /// <summary>Factors with @ between them; the ends of one axis or two, or as they are. Where the graph solves an equation, that is said.</summary>
    private Part Joined(List<MatrixTerm> factors, int? rank)
    {
        var first = factors[0];
        var axes = first.IsWide ? 2 : rank ?? Axes(first) ?? 1;
        if (factors.Count == 1) return Write(first, axes);
        if (first is Inverse { Solved: true } or Transpose { Of: Inverse { Solved: true } })
            return Call("solve", $"{Write(Inverted(first), 2).Text}, {Joined(factors[1..], rank).Text}");
        return new($"{Write(first, axes).At(Sign)} @ {Joined(factors[1..], rank) switch { var rest => factors.Count > 2 ? rest.Text : rest.At(Sign) }}", Multiplication);
    }
}
