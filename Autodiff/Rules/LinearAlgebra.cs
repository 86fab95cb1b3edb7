using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <remarks>
/// S. F. Walter, "Structured higher-order algorithmic differentiation", 2011; I. Murray, "Differentiation of the Cholesky decomposition",
/// 2016; M. Giles, "Collected matrix derivative results for forward and reverse mode algorithmic differentiation", 2008.
/// </remarks>
public partial class Pullbacks
{
    /// <summary>
    /// A = L Lᵀ: S = L⁻ᵀ Φ(Lᵀ dL) L⁻¹ with Φ the lower triangle and half of the diagonal; of the triangle that is read,
    /// dA is that of S + Sᵀ, the diagonal once.
    /// </summary>
    public virtual Pullback Cholesky(Op.Cholesky op) => new(op.Name, (l, dl) =>
    {
        var left = l.TriangularSolve(HalfLower(l.Transpose().MatMul(dl)), transposed: true);
        var s = l.TriangularSolve(left.Transpose(), transposed: true).Transpose();
        return [(s + s.Transpose()).Tril(-1) + s.Tril().Triu()];
    });

    /// <summary>A X = B: dB = A⁻ᵀ dX, dA = -dB Xᵀ within the triangle that is read (and the transpose of that for Aᵀ X = B).</summary>
    public virtual Pullback TriangularSolve(Op.TriangularSolve op) => new(op.Name, (x, dx) =>
    {
        var db = Expr.Of(op with { Transposed = !op.Transposed }, x.Args[0], dx);
        var da = op.Transposed ? -x.MatMul(db.Transpose()) : -db.MatMul(x.Transpose());
        return [Triangle(op, da), db];
    });

    /// <summary>
    /// P A = L U: dA = Pᵀ L⁻ᵀ (tril(Lᵀ dL, -1) + triu(dU Uᵀ)) U⁻ᵀ; the permutation is constant almost everywhere.
    /// </summary>
    public virtual Pullback Lu(Op.Lu op) => new(op.Name, (y, dy) =>
    {
        var (packed, cotangent) = (y.PackedFactors(), dy.PackedFactors());
        var inner = packed.UnitLower().Transpose().MatMul(cotangent.Tril(-1)).Tril(-1)
            + cotangent.Triu().MatMul(packed.Triu().Transpose()).Triu();
        var right = packed.TriangularSolve(inner.Transpose(), lower: false).Transpose();
        return [packed.TriangularSolve(right, transposed: true, unit: true).Unpermuted(y.Pivots())];
    });

    /// <summary>The lower triangle and half of the diagonal.</summary>
    internal static Expr HalfLower(Expr x) => x.Tril(-1) + 0.5 * x.Tril().Triu();

    internal static Expr Triangle(Op.TriangularSolve op, Expr x) => op.Lower ? x.Tril(op.Unit ? -1 : 0) : x.Triu(op.Unit ? 1 : 0);
}

public partial class Pushforwards
{
    /// <summary>L' = L Φ(L⁻¹ A' L⁻ᵀ), A' being symmetric with the triangle that is read.</summary>
    public virtual Pushforward Cholesky(Op.Cholesky op) => new(op.Name, (l, t) =>
    {
        if (t[0] is not { } da) return null;
        var symmetric = da.Tril() + da.Tril(-1).Transpose();
        var left = l.TriangularSolve(symmetric);
        return l.MatMul(Pullbacks.HalfLower(l.TriangularSolve(left.Transpose()).Transpose()));
    });

    /// <summary>X' = A⁻¹ (B' - A' X).</summary>
    public virtual Pushforward TriangularSolve(Op.TriangularSolve op) => new(op.Name, (x, t) =>
    {
        Expr? moved = null;
        if (t[0] is { } da)
        {
            var triangle = Pullbacks.Triangle(op, da);
            moved = -(op.Transposed ? triangle.Transpose() : triangle).MatMul(x);
        }
        return Total(t[1], moved) is { } right ? Expr.Of(op, x.Args[0], right) : null;
    });

    /// <summary>F = L⁻¹ P A' U⁻¹: L' = L tril(F, -1), U' = triu(F) U.</summary>
    public virtual Pushforward Lu(Op.Lu op) => new(op.Name, (y, t) =>
    {
        if (t[0] is not { } da) return null;
        var packed = y.PackedFactors();
        var left = packed.TriangularSolve(da.Permuted(y.Pivots()), unit: true);
        var f = packed.TriangularSolve(left.Transpose(), lower: false, transposed: true).Transpose();
        var moved = packed.UnitLower().MatMul(f.Tril(-1)) + f.Triu().MatMul(packed.Triu());
        return moved.Pad([.. Enumerable.Repeat((0, 0), moved.Rank - 1), (0, 1)]);
    });
}
