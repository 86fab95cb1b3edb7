using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    public sealed record Permute(Axes Order) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Permute(this);
    }

    public sealed record Slice(Sequence<StridedRange> Ranges) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Slice(this);
    }

    public sealed record Pad(Sequence<StridedRange> Ranges) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Pad(this);
    }

    public sealed record Concatenate(int Axis) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Concatenate(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Permute(Routine.Permute routine);
    R Slice(Routine.Slice routine);
    R Pad(Routine.Pad routine);
    R Concatenate(Routine.Concatenate routine);
}

internal sealed partial class Lowering
{
    public Lowered Reshape(Op.Reshape op) => new Lowered.View();

    public Lowered Permute(Op.Permute op) => (node.Args[0] is { Op: Op.Windows w, Args: var x }
        ? new Lowered.ByStep(new Routine.Windows(w.Taps, op.Order), x)
        : Step(new Routine.Permute(op.Order))) with { ReadThrough = true };

    public Lowered BroadcastTo(Op.BroadcastTo op) => Step(new Routine.Elementwise(Body.Copy)) with { ReadThrough = true };

    public Lowered Slice(Op.Slice op) => Step(new Routine.Slice(op.Ranges)) with { ReadThrough = true };

    public Lowered Pad(Op.Pad op) => Step(new Routine.Pad(op.Ranges));

    public Lowered Concatenate(Op.Concatenate op) => Step(new Routine.Concatenate(op.Axis));
}
