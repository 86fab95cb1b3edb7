using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    public sealed record Cholesky : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Cholesky(this);
    }

    /// <summary>Reads A and B.</summary>
    public sealed record TriangularSolve(bool Lower, bool Transposed, bool Unit) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.TriangularSolve(this);
    }

    /// <summary>Writes L and U in one matrix, and the permutation in a last column.</summary>
    public sealed record Lu : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Lu(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Cholesky(Routine.Cholesky routine);
    R TriangularSolve(Routine.TriangularSolve routine);
    R Lu(Routine.Lu routine);
}

internal sealed partial class Lowering
{
    public Lowered Cholesky(Op.Cholesky op) => Step(new Routine.Cholesky());

    public Lowered TriangularSolve(Op.TriangularSolve op) => Step(new Routine.TriangularSolve(op.Lower, op.Transposed, op.Unit));

    public Lowered Lu(Op.Lu op) => Step(new Routine.Lu());
}
