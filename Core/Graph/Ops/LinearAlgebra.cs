using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>
    /// (…, n, n) → (…, n, n): lower triangular L with L Lᵀ = A, of which only the lower triangle is read. NaN where A is not positive
    /// definite.
    /// </summary>
    public sealed record Cholesky : Op
    {
        public override string Name => "cholesky_lower";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Cholesky(this);
    }

    /// <summary>
    /// (…, n, n) (…, n, m) → (…, n, m): X with A X = B, or Aᵀ X = B. Only one triangle of A is read, and a unit diagonal not at all.
    /// </summary>
    public sealed record TriangularSolve(bool Lower, bool Transposed, bool Unit) : Op
    {
        public override string Name => "triangular_solve";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.TriangularSolve(this);
    }

    /// <summary>
    /// (…, n, n) → (…, n, n + 1): L and U of P A = L U in one matrix (the diagonal is U's, L's is 1), and in the last column p, row i of P A being row
    /// p[i] of A. The pivot is the largest of its column, the first of equals. Of a singular matrix U has a 0 on its diagonal.
    /// </summary>
    public sealed record Lu : Op
    {
        public override string Name => "lu";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Lu(this);
    }
}

public partial interface IOpCases<out R>
{
    R Cholesky(Op.Cholesky op);
    R TriangularSolve(Op.TriangularSolve op);
    R Lu(Op.Lu op);
}

internal sealed partial class ShapeRule
{
    public Shape Cholesky(Op.Cholesky op)
    {
        RequireArity(1);
        return Square();
    }

    public Shape TriangularSolve(Op.TriangularSolve op)
    {
        RequireArity(2);
        var (a, b) = (Square(), Arg(1));
        Require(b.Rank == a.Rank && b.Dims[..^1].SequenceEqual(a.Dims[..^1]), $"the right side must be (…, {a.Dims[^1]}, columns) with the same leading lengths");
        return b;
    }

    public Shape Lu(Op.Lu op)
    {
        RequireArity(1);
        var a = Square();
        return a.With(a.Rank - 1, a.Dims[^1] + 1);
    }

    private Shape Square()
    {
        Require(Arg().Rank >= 2 && Arg().Dims[^1] == Arg().Dims[^2], "a square matrix is needed");
        return Arg();
    }
}
