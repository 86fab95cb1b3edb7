namespace AutoDiffAE.Graph.Language;

internal sealed partial class Spelling
{
    public Spelled Cholesky(Op.Cholesky op) => Call(op.Name);

    public Spelled TriangularSolve(Op.TriangularSolve op) =>
        Call(op.Name, op.Lower ? "" : "lower=false", op.Transposed ? "transpose=true" : "", op.Unit ? "unit_diagonal=true" : "");

    public Spelled Lu(Op.Lu op) => Call(op.Name);
}
