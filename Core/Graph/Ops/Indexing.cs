using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>
    /// Elements of x at indices along an axis. Of x (b…, o…, n, r…) and index (b…, i…), which share <paramref name="Batch"/> leading axes, it is
    /// (b…, o…, i…, r…): y[b, o, i, r] = x[b, o, index[b, i], r]. A negative index counts from the end.
    /// </summary>
    /// <param name="Batch">How many leading axes are shared.</param>
    /// <param name="Axis">The axis of x that the indices point along; it comes after the shared ones.</param>
    public sealed record Gather(int Batch, int Axis) : Op
    {
        public override string Name => "take";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Gather(this);
    }

    /// <summary>
    /// The adjoint of <see cref="Gather"/>: of index (b…, i…) and y (b…, o…, i…, r…), zeros (b…, o…, n, r…) to which y is added at the indices,
    /// one after another in the order of i.
    /// </summary>
    /// <param name="Batch">How many leading axes are shared.</param>
    /// <param name="Axis">The axis of the result that the indices point along.</param>
    /// <param name="Length">The length n of that axis.</param>
    public sealed record ScatterAdd(int Batch, int Axis, Dim Length) : Op
    {
        public override string Name => "add_at";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.ScatterAdd(this);
    }

    /// <summary>The positions that put each line along an axis into ascending order, equal elements in the order that they have; NaN comes last.</summary>
    public sealed record ArgSort(int Axis) : Op
    {
        public override string Name => "argsort";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.ArgSort(this);
    }
}

public partial interface IOpCases<out R>
{
    R Gather(Op.Gather op);
    R ScatterAdd(Op.ScatterAdd op);
    R ArgSort(Op.ArgSort op);
}

internal sealed partial class ShapeRule
{
    public Shape Gather(Op.Gather op)
    {
        RequireArity(2);
        var (x, index) = (Arg(0), Arg(1));
        RequireAxis(op.Axis, x);
        Require(op.Batch >= 0 && op.Batch <= op.Axis && op.Batch <= index.Rank, $"{op.Batch} shared axes must be axes of the indices, and stand before axis {op.Axis}");
        Require(x.Dims[..op.Batch].SequenceEqual(index.Dims[..op.Batch]), $"the {op.Batch} shared leading lengths differ");
        return new([.. x.Dims[..op.Axis], .. index.Dims[op.Batch..], .. x.Dims[(op.Axis + 1)..]]);
    }

    public Shape ScatterAdd(Op.ScatterAdd op)
    {
        RequireArity(2);
        var (index, y) = (Arg(0), Arg(1));
        var indexed = index.Rank - op.Batch;
        Require(op.Batch >= 0 && op.Batch <= op.Axis && indexed >= 0, $"{op.Batch} shared axes must be axes of the indices, and stand before axis {op.Axis}");
        Require(y.Rank >= op.Axis + indexed && y.Dims[..op.Batch].SequenceEqual(index.Dims[..op.Batch])
            && y.Dims[op.Axis..(op.Axis + indexed)].SequenceEqual(index.Dims[op.Batch..]),
            $"what is added must have the {op.Batch} shared axes first, and the other {indexed} axes of the indices from axis {op.Axis} on");
        Require(op.Length.AtLeast(0) == true, $"an axis cannot have the length {op.Length}");
        return new([.. y.Dims[..op.Axis], op.Length, .. y.Dims[(op.Axis + indexed)..]]);
    }

    public Shape ArgSort(Op.ArgSort op)
    {
        RequireArity(1);
        RequireAxis(op.Axis, Arg());
        return Arg();
    }

    private void RequireAxis(int axis, Shape shape) =>
        Require(axis >= 0 && axis < shape.Rank, $"there is no axis {axis}, counted from the front, in the shape {shape}");
}
