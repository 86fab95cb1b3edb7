using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>Of matrices in the last two axes; leading axes are broadcast.</summary>
public static partial class Formulas
{
    /// <summary>
    /// X with A X = B (or Aᵀ X = B) for a triangular A (…, n, n) and B (…, n, m) or a vector (n). Only the triangle is read, a unit diagonal
    /// not at all.
    /// </summary>
    /// <exception cref="ShapeException">A is not square, or B has another length.</exception>
    public static Expr TriangularSolve(this Expr a, Expr b, bool lower = true, bool transposed = false, bool unit = false) =>
        Columns("triangular_solve", a, b, (l, r) => Expr.Of(new Op.TriangularSolve(lower, transposed, unit), l, r));

    /// <summary>Lower triangular L with L Lᵀ = A for a positive definite A, which is made symmetric first: (A + Aᵀ) / 2. NaN for any other.</summary>
    /// <exception cref="ShapeException">A is not square.</exception>
    public static Expr Cholesky(this Expr a) =>
        Definition.Apply("cholesky", [Square("cholesky", a)], p => Expr.Of(new Op.Cholesky(), (p[0] + p[0].Transpose()) * 0.5), "");

    /// <summary>The factors of P A = L U in one array: see <see cref="Op.Lu"/>.</summary>
    /// <exception cref="ShapeException">A is not square.</exception>
    public static Expr Lu(this Expr a) => Expr.Of(new Op.Lu(), a);

    /// <summary>X with A X = B, for B (…, n, m) or a vector (n): dB = A⁻ᵀ dX, dA = -dB Xᵀ. Infinite or NaN where A is singular.</summary>
    /// <exception cref="ShapeException">A is not square, or B has another length.</exception>
    public static Expr Solve(this Expr a, Expr b) => Columns("solve", a, b, (l, r) => Definition.Apply("solve", [l, r],
        p => SolvedBy(p[0].Lu(), p[1]),
        (p, x, dx) => SolvedByTranspose(p[0].Lu(), dx) is var db ? [-db.MatMul(x.Transpose()), db] : [], ""));

    /// <summary>A⁻¹: dA = -A⁻ᵀ dY A⁻ᵀ.</summary>
    /// <exception cref="ShapeException">A is not square.</exception>
    public static Expr Inv(this Expr a) => Definition.Apply("inv", [Square("inv", a)],
        p => SolvedBy(p[0].Lu(), Identity(p[0])),
        (p, y, dy) => [-y.Transpose().MatMul(dy).MatMul(y.Transpose())], "");

    /// <summary>The determinant: the product of U's diagonal with the sign of the permutation. dA = dy · det A · A⁻ᵀ, NaN where A is singular.</summary>
    /// <exception cref="ShapeException">A is not square.</exception>
    public static Expr Det(this Expr a) => Definition.Apply("det", [Square("det", a)],
        p => p[0].Lu() is var lu ? Diagonals(lu.PackedFactors()).Prod([-1]) * Parity(lu) : lu,
        (p, y, dy) => [(dy * y).Unsqueeze(-1).Unsqueeze(-1) * SolvedByTranspose(p[0].Lu(), Identity(p[0]))], "");

    /// <summary>
    /// (…, 2): the sign of the determinant, and the logarithm of its absolute value, which overflows for no matrix: d log|det A| = A⁻ᵀ.
    /// </summary>
    /// <exception cref="ShapeException">A is not square.</exception>
    public static Expr SlogDet(this Expr a) => Definition.Apply("slogdet", [Square("slogdet", a)],
        p =>
        {
            var lu = p[0].Lu();
            var diagonal = Diagonals(lu.PackedFactors());
            return Stack([diagonal.Sign().Prod([-1]) * Parity(lu), diagonal.Abs().Log().Sum([-1])], -1);
        },
        (p, _, dy) => [dy.Slice(dy.Rank - 1, new(1, 1)).Unsqueeze(-1) * SolvedByTranspose(p[0].Lu(), Identity(p[0]))], "");

    private static Expr SolvedBy(Expr lu, Expr b) => lu.PackedFactors() is var packed
        ? packed.TriangularSolve(packed.TriangularSolve(b.Permuted(lu.Pivots()), unit: true), lower: false) : b;

    /// <summary>Aᵀ X = Uᵀ Lᵀ P X = B.</summary>
    private static Expr SolvedByTranspose(Expr lu, Expr b) => lu.PackedFactors() is var packed
        ? packed.TriangularSolve(packed.TriangularSolve(b, lower: false, transposed: true), transposed: true, unit: true).Unpermuted(lu.Pivots()) : b;

    private static Expr Identity(Expr like) => Eye(like.Shape.Dims[^1]).BroadcastTo(like.Shape);

    private static Expr Diagonals(Expr x) => x.Diagonal(0, -2, -1);

    /// <summary>The sign of a permutation: -1 to the number of pairs that stand in the wrong order.</summary>
    private static Expr Parity(Expr lu)
    {
        var pivots = lu.Pivots();
        var wrong = Expr.Greater(pivots.Unsqueeze(-1), pivots.Unsqueeze(-2)).Triu(1).Sum([-2, -1]);
        return 1 - 2 * (wrong - 2 * (wrong * 0.5).Floor());
    }

    private static Expr Square(string name, Expr a) => a.Rank >= 2 && a.Shape.Dims[^1] == a.Shape.Dims[^2]
        ? a : throw Refusal.Of(name, [a], "a square matrix is needed", Origin.Here());

    /// <summary>A vector on the right is one column; leading axes are broadcast.</summary>
    private static Expr Columns(string name, Expr a, Expr b, Func<Expr, Expr, Expr> solve)
    {
        _ = Square(name, a);
        if (b.Rank == 0) throw Refusal.Of(name, [a, b], "the right side is a vector or a matrix", Origin.Here());
        if (b.Rank == 1) return Columns(name, a, b.Unsqueeze(1), solve) is var x ? x.Reshape(new Shape(x.Shape.Dims[..^1])) : b;
        var lead = Broadcast.Common(Lead(a), Lead(b)) ?? throw Refusal.Of(name, [a, b], "the leading axes do not broadcast", Origin.Here());
        if (b.Shape.Dims[^2] != a.Shape.Dims[^1])
            throw Refusal.Of(name, [a, b], $"the right side has {b.Shape.Dims[^2]} rows and the matrix {a.Shape.Dims[^1]}", Origin.Here());
        return solve(Over(a, lead), Over(b, lead));
    }
}
