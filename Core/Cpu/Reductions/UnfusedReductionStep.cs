using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cpu;

/// <summary>A fused body over rows too short to be reduced as they are made: its results are stored, then reduced.</summary>
internal sealed unsafe class UnfusedReductionStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _slots;
    private readonly Tensors.Buffer<T>?[] _stored;
    private readonly IBoundStep[] _steps;

    public UnfusedReductionStep(Routine.Reduction routine, int[] slots, IReadOnlyList<Layout> reads, int[] shape)
    {
        var (first, results) = (reads.Count, routine.Folds.Count);
        _slots = slots;
        _stored = [.. routine.Folds.Select(f => f == Fold.None ? null : new Tensors.Buffer<T>(shape))];
        int[] written = [.. routine.Folds.Select((f, i) => f == Fold.None ? first + i : first + results + i)];
        // Each result is written by itself where it is only a copy.
        IEnumerable<IBoundStep> bodies = routine.Body.Instructions.Count > 0
            ? [ElementwiseStep<V, T>.Of(routine.Body, [.. Enumerable.Range(0, first), .. written], [.. reads, .. written.Select(_ => Layout.Dense(shape))])]
            : routine.Body.Results.Select((r, i) => CopyStep<V, T>.Of(reads[((Operand.Read)r).Index], shape, ((Operand.Read)r).Index, written[i]));
        _steps = [.. bodies, .. routine.Folds.Select((f, i) => Reduced(f, shape, routine.Axes, first + results + i, first + i)).OfType<IBoundStep>()];
    }

    public void Run(nint* slots, Workers workers)
    {
        var addresses = stackalloc nint[_slots.Length + _stored.Length];
        for (var i = 0; i < _slots.Length; i++) addresses[i] = slots[_slots[i]];
        for (var i = 0; i < _stored.Length; i++) addresses[_slots.Length + i] = _stored[i] is { } stored ? (nint)stored.Pointer : 0;
        foreach (var step in _steps) step.Run(addresses, workers);
    }

    private static IBoundStep? Reduced(Fold fold, int[] shape, Axes axes, int from, int to) => fold switch
    {
        Fold.Sum => new ReductionStep<V, T, SumFold<V, T>>(shape, axes, from, to),
        Fold.Maximum => new ReductionStep<V, T, MaximumFold<V, T>>(shape, axes, from, to),
        _ => null,
    };
}
