using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

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

    /// <summary>Fused bodies over shapes of their own, none of which reads what another writes: what the first reads comes first, and so on.</summary>
    public sealed record Several(Sequence<Body> Bodies) : Routine
    {
        public override string Summary() => $"{Bodies.Count} of {Bodies[0].Summary()}";

        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Several(this);

        /// <summary>Each body with the slots that it reads and those that it writes.</summary>
        public IEnumerable<(Body Body, ImmutableArray<int> Reads, ImmutableArray<int> Writes)> Parts(Step step)
        {
            var (reads, writes) = (0, 0);
            foreach (var body in Bodies)
            {
                yield return (body, step.Reads.Slice(reads, body.Reads), step.Writes.Slice(writes, body.Results.Count));
                (reads, writes) = (reads + body.Reads, writes + body.Results.Count);
            }
        }
    }
}

public partial interface IRoutineCases<out R>
{
    R Elementwise(Routine.Elementwise routine);
    R Several(Routine.Several routine);
}

internal sealed partial class Lowering
{
    /// <summary>A cotangent at the places of maxima is put there by a step of its own.</summary>
    public Lowered Map(Op.Map op) => pools.AtChain(node) is { } pool
        ? pool.Once ? new Lowered.ByStep(new Routine.AtMaximum(), [pool.Windows, node.Args[0].Args[0]])
            : new Lowered.ByStep(new Routine.AtPlace(), [node.Args[0].Args[0], pool.Indicator!])
        : new Lowered.Fused();
}
