using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    /// <summary>A fused body over the elements of the written shape; what it reads is broadcast to that shape as numpy does.</summary>
    public sealed record Elementwise(Body Body) : Routine
    {
        /// <summary>Its functions, in their order; of many, the first and the last.</summary>
        public override string Summary() => Body.Instructions.Count == 0 ? "copy" : Body.Summary();

        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Elementwise(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Elementwise(Routine.Elementwise routine);
}

internal sealed partial class Lowering
{
    /// <summary>A cotangent at the places of maxima is put there by a step of its own.</summary>
    public Lowered Map(Op.Map op) => pools.AtChain(node) is { } pool
        ? pool.Once ? new Lowered.ByStep(new Routine.AtMaximum(), [pool.Windows, node.Args[0].Args[0]])
            : new Lowered.ByStep(new Routine.AtPlace(), [node.Args[0].Args[0], pool.Indicator!])
        : new Lowered.Fused();
}
