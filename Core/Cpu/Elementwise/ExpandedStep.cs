using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A fused body whose operands are broadcast along so many axes in turn that a row in common is shorter than a few vectors: these operands
/// are expanded first, and the body then runs along everything.
/// </summary>
internal sealed unsafe class ExpandedStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ShortRow = 48;

    private readonly int[] _slots;
    private readonly Buffer<T>?[] _expanded;
    private readonly CopyStep<V, T>?[] _copies;
    private readonly ElementwiseStep<V, T> _step;

    public ExpandedStep(Body body, int[] slots, IReadOnlyList<int[]> sizes)
    {
        _slots = slots;
        _expanded = [.. sizes.Select(s => IsBroadcast(s, sizes[^1]) ? new Buffer<T>(sizes[^1]) : null)];
        _copies = [.. sizes.Select((s, i) => _expanded[i] is null ? null : CopyStep<V, T>.Broadcast(s, sizes[^1], 0, 1))];
        _step = new ElementwiseStep<V, T>(body, [.. Enumerable.Range(0, slots.Length)], [.. sizes.Select((s, i) => _expanded[i] is null ? s : sizes[^1])]);
    }

    /// <param name="sizes">The sizes of what is read, then of what is written.</param>
    public static bool Pays(IReadOnlyList<int[]> sizes) =>
        new ElementwiseLoop(sizes[^1], sizes) is { Inner: < ShortRow, Rows: > 1 } && sizes.Any(s => IsBroadcast(s, sizes[^1]));

    public void Run(nint* slots, Workers workers)
    {
        var addresses = stackalloc nint[_slots.Length];
        var copy = stackalloc nint[2];
        for (var i = 0; i < _slots.Length; i++)
        {
            addresses[i] = slots[_slots[i]];
            if (_copies[i] is not { } expand) continue;
            (copy[0], copy[1]) = (addresses[i], (nint)_expanded[i]!.Pointer);
            expand.Run(copy, workers);
            addresses[i] = copy[1];
        }
        _step.Run(addresses, workers);
    }

    private static bool IsBroadcast(int[] operand, int[] shape)
    {
        var elements = operand.Aggregate(1, (a, b) => a * b);
        return elements != 1 && elements != shape.Aggregate(1, (a, b) => a * b);
    }
}
