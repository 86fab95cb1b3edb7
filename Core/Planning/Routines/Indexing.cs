using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    /// <summary>Reads x and the indices.</summary>
    public sealed record Gather(int Batch, int Axis) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Gather(this);
    }

    /// <summary>Reads the indices and what is added at them.</summary>
    public sealed record ScatterAdd(int Batch, int Axis) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.ScatterAdd(this);
    }

    public sealed record ArgSort(int Axis) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.ArgSort(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Gather(Routine.Gather routine);
    R ScatterAdd(Routine.ScatterAdd routine);
    R ArgSort(Routine.ArgSort routine);
}

internal sealed partial class Lowering
{
    public Lowered Gather(Op.Gather op) => Step(new Routine.Gather(op.Batch, op.Axis));

    public Lowered ScatterAdd(Op.ScatterAdd op) => Step(new Routine.ScatterAdd(op.Batch, op.Axis));

    public Lowered ArgSort(Op.ArgSort op) => Step(new Routine.ArgSort(op.Axis));
}
