using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>
    /// Numbers uniform in [0, 1), multiples of 2⁻²⁴, the same in every precision and on every backend: a pure function of the key, of the
    /// argument (the step, a whole number of 0 or more) and of the position (Philox 4x32-10).
    /// </summary>
    public sealed record Uniform(ulong Key, Shape Shape) : Op
    {
        public override string Name => "uniform";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Uniform(this);
    }
}

public partial interface IOpCases<out R>
{
    R Uniform(Op.Uniform op);
}

internal sealed partial class ShapeRule
{
    public Shape Uniform(Op.Uniform op)
    {
        RequireArity(1);
        Require(Arg().Rank == 0, "the step must be a scalar");
        return op.Shape;
    }
}
