using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    public sealed record Reshape(Shape Target) : Op
    {
        public override string Name => "reshape";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Reshape(this);
    }

    /// <summary>Axis i of the result is axis Order[i] of the argument.</summary>
    public sealed record Permute(Axes Order) : Op
    {
        public override string Name => "permute";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Permute(this);
    }

    /// <summary>numpy's broadcast_to: new leading axes, and axes of length 1 repeated.</summary>
    public sealed record BroadcastTo(Shape Target) : Op
    {
        public override string Name => "broadcast_to";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.BroadcastTo(this);
    }

    /// <summary>y[i] = x[start + i·step] along each axis.</summary>
    public sealed record Slice(Sequence<StridedRange> Ranges) : Op
    {
        public override string Name => "slice";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Slice(this);
    }

    /// <summary>The adjoint of slicing: y[start + i·step] = x[i] within zeros of the target shape.</summary>
    public sealed record Pad(Sequence<StridedRange> Ranges, Shape Target) : Op
    {
        public override string Name => "pad";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Pad(this);
    }

    public sealed record Concatenate(int Axis) : Op
    {
        public override string Name => "concat";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Concatenate(this);
    }
}

public partial interface IOpCases<out R>
{
    R Reshape(Op.Reshape op);
    R Permute(Op.Permute op);
    R BroadcastTo(Op.BroadcastTo op);
    R Slice(Op.Slice op);
    R Pad(Op.Pad op);
    R Concatenate(Op.Concatenate op);
}

internal sealed partial class ShapeRule
{
    public Shape Reshape(Op.Reshape op)
    {
        RequireArity(1);
        Require(op.Target.Size == Arg().Size, $"{Arg().Size} elements do not fill the shape {op.Target} of {op.Target.Size}");
        return op.Target;
    }

    public Shape Permute(Op.Permute op)
    {
        RequireArity(1);
        Require(op.Order.Order().SequenceEqual(Enumerable.Range(0, Arg().Rank)), $"{op.Order} is not an order of its {Arg().Rank} axes");
        return new([.. op.Order.Select(i => Arg()[i])]);
    }

    public Shape BroadcastTo(Op.BroadcastTo op)
    {
        RequireArity(1);
        var lead = op.Target.Rank - Arg().Rank;
        Require(lead >= 0 && Arg().Dims.Select((d, i) => d == op.Target[i + lead] || d.Is(1)).All(ok => ok), $"cannot be broadcast to {op.Target}");
        return op.Target;
    }

    public Shape Slice(Op.Slice op)
    {
        RequireArity(1);
        Require(op.Ranges.Count == Arg().Rank, $"needs a range for each of {Arg().Rank} axes");
        RequireFit(op.Ranges, Arg());
        return new([.. op.Ranges.Select(r => r.Length)]);
    }

    public Shape Pad(Op.Pad op)
    {
        RequireArity(1);
        Require(op.Ranges.Count == Arg().Rank && op.Target.Rank == Arg().Rank, $"needs a range for each of {Arg().Rank} axes");
        Require(op.Ranges.Select((r, i) => r.Length == Arg()[i]).All(ok => ok), "ranges must be as long as the axes");
        RequireFit(op.Ranges, op.Target);
        return op.Target;
    }

    private void RequireFit(Sequence<StridedRange> ranges, Shape shape)
    {
        for (var i = 0; i < shape.Rank; i++)
        {
            Require(ranges[i].Step != 0, $"the step along axis {i} is 0");
            Require(ranges[i].Length.AtLeast(0) == true && ranges[i].Fits(shape[i]) == true,
                $"the positions {ranges[i].Start} to {ranges[i].Last} do not lie within axis {i} of length {shape[i]}");
        }
    }

    public Shape Concatenate(Op.Concatenate op)
    {
        Require(args.Length > 0, "needs at least one argument");
        Require(args.All(a => a.Rank == Arg().Rank) && op.Axis >= 0 && op.Axis < Arg().Rank, $"all must have an axis {op.Axis} and one rank");
        Require(args.All(a => a.Shape.With(op.Axis, 0) == Arg().With(op.Axis, 0)), $"lengths differ along another axis than {op.Axis}");
        return Arg().With(op.Axis, args.Select(a => a.Shape[op.Axis]).Aggregate((a, b) => a + b));
    }
}
