using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

internal static partial class MatrixAlgebra
{
    /// <summary>(A B)⁻¹ = B⁻¹ A⁻¹ of square matrices, (c A)⁻¹ = A⁻¹ / c, (Aᵀ)⁻¹ = (A⁻¹)ᵀ, A⁻¹⁻¹ = A.</summary>
    /// <param name="a">A square matrix.</param>
    /// <param name="solved">Whether the graph solves an equation with it.</param>
    public static MatrixTerm Inverted(MatrixTerm a, bool solved = false) => a switch
    {
        { IsNumber: true } => Raised(a, -1),
        Identity => a,
        Inverse i => i.Of,
        Transpose t => Transposed(Inverted(t.Of, solved)),
        Product { Factors: var factors } p when !(p.Coefficient.Equals(Ratio.One) && p.Numbers.Count == 0) =>
            Times(Raised(p with { Factors = [] }, -1), Inverted(Lone(new(Ratio.One, [], factors)), solved)),
        Product { Factors: var factors } when factors.All(f => f.Rows == f.Columns) => factors.Reverse().Select(f => Inverted(f, solved)).Aggregate(Times),
        _ => Upright(a) is (var upright, var flipped) && flipped ? Transposed(new Inverse(upright, solved)) : new Inverse(a, solved),
    };

    /// <summary>det Aᵀ = det A, det A⁻¹ = 1 / det A.</summary>
    public static MatrixTerm Determinant(MatrixTerm a) => a switch
    {
        { IsNumber: true } => a,
        Identity => Number(1),
        Inverse i => Raised(Determinant(i.Of), -1),
        Transpose { Of: Inverse i } => Raised(Determinant(i.Of), -1),
        _ => new Invariant(MatrixFunction.Determinant, Upright(a).Term),
    };

    /// <summary>The sign of the determinant, or the logarithm of its absolute value.</summary>
    public static MatrixTerm OfDeterminant(MatrixFunction function, MatrixTerm a) => new Invariant(function, Upright(a).Term);

    /// <summary>tr c A = c tr A, tr Aᵀ = tr A, tr a bᵀ = bᵀ a, tr I = n.</summary>
    public static MatrixTerm Trace(MatrixTerm a)
    {
        var p = AsProduct(a);
        var split = Enumerable.Range(1, Math.Max(0, p.Factors.Count - 1)).FirstOrDefault(i => p.Factors[i].Rows.Is(1));
        return p switch
        {
            { Factors: [Identity i] } => Times(p with { Factors = [] }, Length(i.Height)),
            _ when a.IsNumber => a,
            _ when split > 0 => Multiplied(p.Coefficient, p.Numbers, p.Factors.Skip(split).Concat(p.Factors.Take(split))),
            _ => Times(p with { Factors = [] }, new Invariant(MatrixFunction.Trace, Upright(Lone(new(Ratio.One, [], p.Factors))).Term)),
        };
    }

    /// <summary>A column on the diagonal of a square matrix; of a number in each place it is a multiple of I.</summary>
    public static MatrixTerm OnDiagonal(MatrixTerm column) => Filling(column) is { } number
        ? Times(number, Unit(column.Rows))
        : AsProduct(column) is var p ? Times(p with { Factors = [] }, new Diagonal(Lone(new(Ratio.One, [], p.Factors)))) : column;
}
