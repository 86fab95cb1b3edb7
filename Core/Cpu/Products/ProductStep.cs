using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>A batched matrix product bound to sizes.</summary>
internal sealed unsafe class ProductStep<T>(MatMulGeometry geometry, int a, int b, int c, LaneWidth width) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(nint* slots, Workers workers) => MatMul.Run(geometry, (T*)slots[a], (T*)slots[b], (T*)slots[c], workers, width);
}
