using AutoDiffAE.Graph;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>The standard table with one bug: what the rule named so gives to one argument is changed.</summary>
public sealed class Planted(string rule, int argument, Func<Expr, Expr, Expr> wrong) : Pullbacks
{
    private Pullback Bug(Pullback right) => right.Name != rule ? right : right with
    {
        Contributions = (y, dy) => right.Contributions(y, dy) is var c && argument < c.Length && c[argument] is { } dx ? c.SetItem(argument, wrong(y, dx)) : c,
    };

    public override Pullback Map(Op.Map op) => Bug(base.Map(op));
    public override Pullback Sum(Op.Sum op) => Bug(base.Sum(op));
    public override Pullback Maximum(Op.Maximum op) => Bug(base.Maximum(op));
    public override Pullback MatMul(Op.MatMul op) => Bug(base.MatMul(op));
    public override Pullback Convolution(Op.Convolution op) => Bug(base.Convolution(op));
    public override Pullback Reshape(Op.Reshape op) => Bug(base.Reshape(op));
    public override Pullback Permute(Op.Permute op) => Bug(base.Permute(op));
    public override Pullback BroadcastTo(Op.BroadcastTo op) => Bug(base.BroadcastTo(op));
    public override Pullback Slice(Op.Slice op) => Bug(base.Slice(op));
    public override Pullback Pad(Op.Pad op) => Bug(base.Pad(op));
    public override Pullback Windows(Op.Windows op) => Bug(base.Windows(op));
    public override Pullback FoldWindows(Op.FoldWindows op) => Bug(base.FoldWindows(op));
    public override Pullback Gather(Op.Gather op) => Bug(base.Gather(op));
    public override Pullback ScatterAdd(Op.ScatterAdd op) => Bug(base.ScatterAdd(op));
    public override Pullback Cumulate(Op.Cumulate op) => Bug(base.Cumulate(op));
    public override Pullback RunningMaximum(Op.RunningMaximum op) => Bug(base.RunningMaximum(op));
    public override Pullback Product(Op.Product op) => Bug(base.Product(op));
    public override Pullback Concatenate(Op.Concatenate op) => Bug(base.Concatenate(op));
    public override Pullback Cholesky(Op.Cholesky op) => Bug(base.Cholesky(op));
    public override Pullback TriangularSolve(Op.TriangularSolve op) => Bug(base.TriangularSolve(op));
    public override Pullback Lu(Op.Lu op) => Bug(base.Lu(op));
}
