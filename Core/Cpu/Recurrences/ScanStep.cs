using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>A recurrence along an axis, bound to sizes.</summary>
internal sealed unsafe class ScanStep<V, T, S> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where S : struct, IScan<V, T>
{
    private readonly ScanPlan _plan;
    private readonly int _factors;
    private readonly int _terms;
    private readonly int _target;

    public ScanStep(int[] sizes, int axis, bool reverse, int factors, int terms, int target) =>
        (_plan, _factors, _terms, _target) = (ScanPlan.Make(IndexedSizes.Of(sizes, [], 0, axis), reverse, V.Count), factors, terms, target);

    public void Run(nint* slots, Workers workers)
    {
        var state = new ScanState<T> { Plan = _plan, Factors = (T*)slots[_factors], Terms = (T*)slots[_terms], Target = (T*)slots[_target] };
        workers.Run(_plan.Chunks, &Scan<V, T, S>.Chunk, &state);
    }
}
