using System.Numerics;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cpu;

/// <summary>A sum or maximum over axes, bound to sizes.</summary>
internal sealed unsafe class ReductionStep<V, T, F> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IFold<V, T>
{
    private readonly ReductionPlan _plan;
    private readonly int _source;
    private readonly int _target;
    private readonly Tensors.Buffer<T>? _partials;

    public ReductionStep(int[] sizes, Axes axes, int source, int target)
    {
        (_source, _target) = (source, target);
        _plan = ReductionPlan.Make(sizes, sizes.Select((_, i) => axes.Contains(i)).ToArray(), sizeof(T));
        _partials = _plan.Partials > 0 ? new(checked((int)_plan.Partials)) : null;
    }

    public void Run(nint* slots, Workers workers)
    {
        var state = new ReductionState<T>
        {
            Plan = _plan,
            Source = (T*)slots[_source],
            Target = (T*)slots[_target],
            Partials = _partials is null ? null : _partials.Pointer,
        };
        workers.Run(Reduction<V, T, F>.Chunks(_plan), &Reduction<V, T, F>.Chunk, &state);
        Reduction<V, T, F>.Combine(&state);
    }
}
