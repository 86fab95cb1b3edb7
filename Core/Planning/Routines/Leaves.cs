using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    /// <summary>Writes a length as a number.</summary>
    public sealed record Length(Dim Value) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Length(this);
    }

    /// <summary>Writes 0, 1, …, n - 1.</summary>
    public sealed record Iota : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Iota(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Length(Routine.Length routine);
    R Iota(Routine.Iota routine);
}

internal sealed partial class Lowering
{
    public Lowered Variable(Op.Variable op) => new Lowered.Given();

    public Lowered Constant(Op.Constant op) => new Lowered.Known(op.Value);

    public Lowered Literal(Op.Literal op) => new Lowered.Known(Tensor<double>.Scalar(op.Value));

    public Lowered SizeOf(Op.SizeOf op) => Step(new Routine.Length(op.Length));

    public Lowered Iota(Op.Iota op) => Step(new Routine.Iota());
}
