using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

public static partial class MatrixAlgebra
{
    /// <summary>A scalar function of each element; of transposes it is the transpose, of what is one number throughout it is that.</summary>
    public static MatrixTerm Mapped(ScalarFunction function, Sequence<MatrixTerm> args)
    {
        if (!args[0].IsNumber && args.All(a => Filling(a) is not null))
            return Filled(Mapped(function, args.Select(a => Filling(a)!).ToSequence()), args[0].Rows, args[0].Columns);
        return IsBetterTransposed(args[0].IsNumber, args) ? new Transpose(new Elementwise(function, args.Select(Transposed).ToSequence())) : new Elementwise(function, args);
    }

    /// <summary>
    /// Element times element: s 1 1ᵀ ⊙ A = s A, a 1ᵀ ⊙ 1 bᵀ = a bᵀ; powers of one matrix are added, and numbers come first.
    /// </summary>
    public static MatrixTerm ElementProduct(MatrixTerm a, MatrixTerm b)
    {
        if (Filling(a) is { } s) return Times(s, b);
        if (Filling(b) is { } t) return Times(t, a);
        var (p, q) = (AsProduct(a), AsProduct(b));
        if (Outer(p, q) is { } outer) return outer;
        return Hadamards(p, q);
    }

    /// <summary>Each element to a whole power.</summary>
    public static MatrixTerm ElementPower(MatrixTerm a, int exponent) => Filling(a) is { } number
        ? Filled(Raised(number, exponent), a.Rows, a.Columns)
        : AsProduct(a) is var p ? Times(Raised(p with { Factors = [] }, exponent), Powers(Parts(p).Select(f => f with { Exponent = f.Exponent * exponent }))) : a;

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
        var turned = IsBetterTransposed(false, merged.Select(m => m.Base).ToSequence());
        var product = new Hadamard((turned ? merged.Select(m => m with { Base = Transposed(m.Base) }) : merged).OrderBy(m => $"{m.Base}", StringComparer.Ordinal).ToSequence());
        return turned ? new Transpose(product) : product;
    }

    /// <summary>a 1ᵀ ⊙ 1 bᵀ = a bᵀ</summary>
    private static MatrixTerm? Outer(Product p, Product q) =>
        RepeatsColumn(p) && RepeatsRow(q) ? Joined(p, q) : RepeatsColumn(q) && RepeatsRow(p) ? Joined(q, p) : null;

    private static MatrixTerm Joined(Product column, Product row) =>
        Multiplied(column.Coefficient * row.Coefficient, column.Numbers.Concat(row.Numbers), column.Factors.SkipLast(1).Concat(row.Factors.Skip(1)));

    private static bool RepeatsColumn(Product p) => p.Factors.Count > 1 && p.Factors[^1] is Transpose { Of: Ones };

    private static bool RepeatsRow(Product p) => p.Factors.Count > 1 && p.Factors[0] is Ones;

    /// <summary>A row is written as the transpose of a column, and what has more transpositions than its transpose as that one's.</summary>
    private static bool IsBetterTransposed(bool isNumber, Sequence<MatrixTerm> args) =>
        !isNumber && (args[0].Rows.Is(1) || (!args[0].Columns.Is(1) && args.Sum(a => Transposed(a).Transpositions) < args.Sum(a => a.Transpositions)));
}
