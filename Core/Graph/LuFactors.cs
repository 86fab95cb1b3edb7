using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>The parts of what <see cref="Op.Lu"/> gives, (…, n, n + 1).</summary>
public static class LuFactors
{
    /// <summary>L and U in one square matrix (…, n, n): U with its diagonal, L below it.</summary>
    public static Expr PackedFactors(this Expr lu) => lu.Slice(lu.Rank - 1, new(0, lu.Shape.Dims[^2]));

    /// <summary>The permutation p (…, n) of P A = L U: row i of P A is row p[i] of A.</summary>
    public static Expr Pivots(this Expr lu) => lu.Slice(lu.Rank - 1, new(lu.Shape.Dims[^2], 1)).Reshape(new Shape(lu.Shape.Dims[..^1]));

    /// <summary>L, whose diagonal is 1, of the packed factors.</summary>
    public static Expr UnitLower(this Expr packed) => packed.Tril(-1) + Formulas.Eye(packed.Shape.Dims[^1]);

    /// <summary>P x: row i of the result is row p[i] of x.</summary>
    public static Expr Permuted(this Expr x, Expr pivots) => x.Take(pivots, x.Rank - 2, x.Rank - 2);

    /// <summary>Pᵀ x: row p[i] of the result is row i of x.</summary>
    public static Expr Unpermuted(this Expr x, Expr pivots) => Expr.Of(new Op.ScatterAdd(x.Rank - 2, x.Rank - 2, x.Shape.Dims[^2]), pivots, x);
}
