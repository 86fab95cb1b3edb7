using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    /// <summary>Reads the step; writes the uniform numbers of the key and the step.</summary>
    public sealed record Uniform(ulong Key) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Uniform(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Uniform(Routine.Uniform routine);
}

internal sealed partial class Lowering
{
    public Lowered Uniform(Op.Uniform op) => Step(new Routine.Uniform(op.Key));
}
