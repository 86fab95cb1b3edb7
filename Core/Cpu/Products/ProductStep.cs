using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>A batched matrix product bound to sizes.</summary>
internal sealed unsafe class ProductStep<T>(MatMulGeometry geometry, int a, int b, int c, LaneWidth width) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="result">The sizes of C: (…, rows, columns).</param>
    public static ProductStep<T> Of(int[] left, int[] result, bool transposeA, bool transposeB, int a, int b, int c, LaneWidth width) => new(
        MatMulGeometry.Of(
            result[..^2].Aggregate(1, (x, y) => x * y), result[^2], transposeA ? left[^2] : left[^1], result[^1], transposeA, transposeB),
        a, b, c, width);

    public void Run(nint* slots, Workers workers) => MatMul.Run(geometry, (T*)slots[a], (T*)slots[b], (T*)slots[c], workers, width);
}
