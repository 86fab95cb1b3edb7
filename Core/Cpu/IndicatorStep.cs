using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cpu;

/// <summary>The indicator of maxima over axes, bound to sizes.</summary>
internal sealed unsafe class IndicatorStep<V, T>(int[] sizes, Axes axes, TieRule ties, int source, int maxima, int target) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReductionPlan _plan = ReductionPlan.Make(sizes, sizes.Select((_, i) => axes.Contains(i)).ToArray(), sizeof(T));

    public void Run(nint* slots, Workers workers)
    {
        var state = new IndicatorState<T>
        {
            Plan = _plan,
            Rule = ties,
            Source = (T*)slots[source],
            Maxima = (T*)slots[maxima],
            Target = (T*)slots[target],
        };
        workers.Run(MaximumIndicator<V, T>.Chunks(_plan), &MaximumIndicator<V, T>.Chunk, &state);
    }
}
