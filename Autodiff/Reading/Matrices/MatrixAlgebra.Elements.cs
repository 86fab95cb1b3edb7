using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

internal static partial class MatrixAlgebra
{
    /// <summary>A scalar function of each element; of transposes it is the transpose, of what is one number throughout it is that.</summary>
    public static MatrixTerm Mapped(ScalarFunction function, Sequence<MatrixTerm> args)
    {
        if (!args[0].IsNumber && args.All(a => Filling(a) is not null))
            return Filled(Mapped(function, args.Select(a => Filling(a)!).ToSequence()), args[0].Rows, args[0].Columns);
        if (args[0].IsWide && Repeated(args) is ({ } column, var asRows))
            return Mapped(function, column) is var mapped && asRows ? Times(new Ones(args[0].Rows), Transposed(mapped)) : Times(mapped, Transposed(new Ones(args[0].Columns)));
        return IsBetterTransposed(args[0].IsNumber, args) ? new Transpose(new Elementwise(function, args.Select(Transposed).ToSequence())) : new Elementwise(function, args);
    }

    /// <summary>
    /// Element times element: s 1 1ᵀ ⊙ A = s A, a bᵀ ⊙ c dᵀ = (a ⊙ c) (b ⊙ d)ᵀ; powers of one matrix are added, and numbers come first.
    /// </summary>
    public static MatrixTerm ElementProduct(MatrixTerm a, MatrixTerm b)
    {
        if (Filling(a) is { } s) return Times(s, b);
        if (Filling(b) is { } t) return Times(t, a);
        var (p, q) = (AsProduct(a), AsProduct(b));
        if (Split(p) is ({ } a1, { } b1) && Split(q) is ({ } a2, { } b2)) return Times(Times(p with { Factors = [] }, q with { Factors = [] }), Times(ElementProduct(a1, a2), ElementProduct(b1, b2)));
        return Hadamards(p, q);
    }

    /// <summary>Each element to a whole power.</summary>
    public static MatrixTerm ElementPower(MatrixTerm a, int exponent) => Filling(a) is { } number
        ? Filled(Raised(number, exponent), a.Rows, a.Columns)
        : AsProduct(a) is var p && Split(p) is ({ } column, { } row) ? Times(Raised(p with { Factors = [] }, exponent), Times(ElementPower(column, exponent), ElementPower(row, exponent)))
        : AsProduct(a) is var q ? Times(Raised(q with { Factors = [] }, exponent), Powers(Parts(q).Select(f => f with { Exponent = f.Exponent * exponent }))) : a;

    private static MatrixTerm Hadamards(Product p, Product q)
    {
        var numbers = Times(p with { Factors = [] }, q with { Factors = [] });
        return Times(numbers, Powers(Parts(p).Concat(Parts(q))));
    }

    private static Sequence<MatrixPower> Parts(Product p) => p.Factors switch
    {
        [Hadamard h] => h.Factors,
        [Transpose { Of: Hadamard h }] => h.Factors.Select(f => f with { Base = Transposed(f.Base) }).ToSequence(),
        var factors => [new(Lone(new(Ratio.One, [], factors)), 1)],
    };

    private static MatrixTerm Powers(IEnumerable<MatrixPower> factors)
    {
        List<MatrixPower> merged = [];
        foreach (var f in factors)
        {
            var at = merged.FindIndex(m => m.Base.Equals(f.Base));
            if (at < 0) merged.Add(f);
            else merged[at] = f with { Exponent = merged[at].Exponent + f.Exponent };
        }
        var like = merged[0].Base;
        merged.RemoveAll(m => m.Exponent == 0);
        if (merged.Count == 0) return Filled(Number(1), like.Rows, like.Columns);
        if (merged is [{ Exponent: 1 } one]) return one.Base;
        if (merged.Count(IsOuter) > 1 || merged.Any(m => m.Exponent != 1 && IsOuter(m))) return WithOneOuter(merged);
        var turned = IsBetterTransposed(false, merged.Select(m => m.Base).ToSequence());
        var product = new Hadamard((turned ? merged.Select(m => m with { Base = Transposed(m.Base) }) : merged).OrderBy(m => $"{m.Base}", StringComparer.Ordinal).ToSequence());
        return turned ? new Transpose(product) : product;
    }

    private static bool IsOuter(MatrixPower f) => Split(AsProduct(f.Base)).Column is not null;

    /// <summary>Products of a column and a row become one.</summary>
    private static MatrixTerm WithOneOuter(List<MatrixPower> factors)
    {
        var outer = factors.Where(IsOuter).Select(f => ElementPower(f.Base, f.Exponent)).Aggregate(ElementProduct);
        var others = factors.Where(f => !IsOuter(f)).ToList();
        return others.Count == 0 ? outer : ElementProduct(Powers(others), outer);
    }

    /// <summary>A column and a row of which a wide matrix is the product.</summary>
    private static (MatrixTerm? Column, MatrixTerm? Row) Split(Product p)
    {
        for (var i = 1; i < p.Factors.Count; i++)
            if (p.Factors[i].Rows.Is(1)) return (Multiplied(Ratio.One, [], p.Factors.Take(i)), Multiplied(Ratio.One, [], p.Factors.Skip(i)));
        return (null, null);
    }

    /// <summary>The columns a of 1 aᵀ, or of a 1ᵀ, where all are such.</summary>
    private static (Sequence<MatrixTerm>? Columns, bool AsRows) Repeated(Sequence<MatrixTerm> args)
    {
        List<MatrixTerm> rows = [], columns = [];
        foreach (var p in args.Select(AsProduct))
        {
            var (column, row) = Split(p);
            if (column is Ones) rows.Add(Times(p with { Factors = [] }, Transposed(row!)));
            else if (row is Transpose { Of: Ones }) columns.Add(Times(p with { Factors = [] }, column!));
        }
        return rows.Count == args.Count ? (rows.ToSequence(), true) : columns.Count == args.Count ? (columns.ToSequence(), false) : (null, false);
    }

    /// <summary>A row is written as the transpose of a column, and what has more transpositions than its transpose as that one's.</summary>
    private static bool IsBetterTransposed(bool isNumber, Sequence<MatrixTerm> args) =>
        !isNumber && (args[0].Rows.Is(1) || (!args[0].Columns.Is(1) && args.Sum(a => Transposed(a).Transpositions) < args.Sum(a => a.Transpositions)));
}
