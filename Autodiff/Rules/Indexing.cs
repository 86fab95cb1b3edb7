using AutoDiffAE.Graph;

namespace AutoDiffAE;

public partial class Pullbacks
{
    /// <summary>y[i] = x[index[i]]: an element of x collects the cotangents of all its copies.</summary>
    public virtual Pullback Gather(Op.Gather op) => new(op.Name, (y, dy) =>
        [Expr.Of(new Op.ScatterAdd(op.Batch, op.Axis, y.Args[0].Shape[op.Axis]), y.Args[1], dy), null]);

    /// <summary>What was added at an index has the cotangent that stands there.</summary>
    public virtual Pullback ScatterAdd(Op.ScatterAdd op) => new(op.Name, (y, dy) =>
        [null, Expr.Of(new Op.Gather(op.Batch, op.Axis), dy, y.Args[0])]);

    public virtual Pullback ArgSort(Op.ArgSort op) => new(op.Name, (_, _) => [null]);
}

public partial class Pushforwards
{
    public virtual Pushforward Gather(Op.Gather op) => new(op.Name, (y, t) => t[0] is { } dx ? Expr.Of(op, dx, y.Args[1]) : null);

    public virtual Pushforward ScatterAdd(Op.ScatterAdd op) => new(op.Name, (y, t) => t[1] is { } dy ? Expr.Of(op, y.Args[0], dy) : null);

    public virtual Pushforward ArgSort(Op.ArgSort op) => Leaf(op.Name);
}
