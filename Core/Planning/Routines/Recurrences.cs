using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    /// <summary>Reads factors and terms.</summary>
    public sealed record Cumulate(int Axis, bool Reverse) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Cumulate(this);
    }

    /// <summary>The recurrence with factors 1.</summary>
    public sealed record RunningSum(int Axis, bool Reverse) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.RunningSum(this);
    }

    public sealed record RunningMaximum(int Axis) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.RunningMaximum(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Cumulate(Routine.Cumulate routine);
    R RunningSum(Routine.RunningSum routine);
    R RunningMaximum(Routine.RunningMaximum routine);
}

internal sealed partial class Lowering
{
    /// <summary>Factors that are all 1 are not stored.</summary>
    public Lowered Cumulate(Op.Cumulate op) => node.Args[0] is { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal { Value: 1 } }] }
        ? new Lowered.ByStep(new Routine.RunningSum(op.Axis, op.Reverse), [node.Args[1]])
        : Step(new Routine.Cumulate(op.Axis, op.Reverse));

    public Lowered RunningMaximum(Op.RunningMaximum op) => Step(new Routine.RunningMaximum(op.Axis));
}
