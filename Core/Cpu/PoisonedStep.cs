using System.Collections.Immutable;
using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>A step before which some stretches of the arena are made NaN.</summary>
internal sealed unsafe class PoisonedStep<T>(IBoundStep step, Arena arena, ImmutableArray<(long Start, long End)> dead) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(nint* slots, Workers workers)
    {
        foreach (var (start, end) in dead) new Span<T>((void*)(arena.Start + (nint)start), (int)((end - start) / sizeof(T))).Fill(T.NaN);
        step.Run(slots, workers);
    }
}
