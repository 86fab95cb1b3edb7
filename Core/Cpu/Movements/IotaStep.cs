using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>Writes 0, 1, …, n - 1: the first time one by one, later by copying, since nothing changes them.</summary>
internal sealed unsafe class IotaStep<T> : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _positions;
    private readonly int _target;

    public IotaStep(int length, int target)
    {
        (_positions, _target) = ([.. Enumerable.Range(0, length).Select(T.CreateChecked)], target);
    }

    public void Run(nint* slots, Workers workers) => _positions.CopyTo(new Span<T>((void*)slots[_target], _positions.Length));
}
