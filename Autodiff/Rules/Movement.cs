using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

public partial class Pullbacks
{
    public virtual Pullback Reshape(Op.Reshape op) => Linear("reshape", (x, dy) => dy.Reshape(x.Shape));

    public virtual Pullback Permute(Op.Permute op) => Linear("permute", (_, dy) => dy.Permute([.. op.Order.Inverse]));

    /// <summary>A value that was repeated collects the cotangents of all its copies: a sum over the axes along which it was broadcast.</summary>
    public virtual Pullback BroadcastTo(Op.BroadcastTo op) => Linear("broadcast", (x, dy) =>
        dy.Sum([.. Broadcast.Repeated(x.Shape, op.Target)]).Reshape(x.Shape));

    /// <summary>What was not read has cotangent 0.</summary>
    public virtual Pullback Slice(Op.Slice op) => Linear("slice", (x, dy) => Expr.Of(new Op.Pad(op.Ranges, x.Shape), dy));

    public virtual Pullback Pad(Op.Pad op) => Linear("pad", (_, dy) => Expr.Of(new Op.Slice(op.Ranges), dy));

    /// <summary>Each part reads its own stretch of dy.</summary>
    public virtual Pullback Concatenate(Op.Concatenate op) => new("concat", (y, dy) =>
    {
        var starts = y.Args.Aggregate(ImmutableArray.Create<Dim>(0), (at, part) => at.Add(at[^1] + part.Shape[op.Axis]));
        return [.. y.Args.Select((part, i) => dy.Slice(op.Axis, new StridedRange(starts[i], part.Shape[op.Axis])))];
    });
}

public partial class Pushforwards
{
    public virtual Pushforward Reshape(Op.Reshape op) => Linear(op);

    public virtual Pushforward Permute(Op.Permute op) => Linear(op);

    public virtual Pushforward BroadcastTo(Op.BroadcastTo op) => Linear(op);

    public virtual Pushforward Slice(Op.Slice op) => Linear(op);

    public virtual Pushforward Pad(Op.Pad op) => Linear(op);

    /// <summary>The tangents joined; a part without one has zeros.</summary>
    public virtual Pushforward Concatenate(Op.Concatenate op) => new(op.Name, (y, t) => t.All(dx => dx is null)
        ? null
        : Expr.Of(op, [.. y.Args.Zip(t, (part, dx) => dx ?? Gradient.Zero(part))]));
}
