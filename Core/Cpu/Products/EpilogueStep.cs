using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>A product with a fused body run over its elements while they are in the cache.</summary>
internal sealed unsafe class EpilogueStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatMulGeometry _geometry;
    private readonly (int A, int B) _factors;
    private readonly LaneWidth _width;
    private readonly BoundEpilogue<V, T> _epilogue;

    /// <param name="geometry">The product.</param>
    /// <param name="body">It reads the product first.</param>
    /// <param name="a">A's slot.</param>
    /// <param name="b">B's slot.</param>
    /// <param name="slots">The slots of what else is read, then of what is written.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <param name="width">The width of vectors.</param>
    public static IBoundStep Of(MatMulGeometry geometry, Body body, int a, int b, int[] slots, int[][] sizes, LaneWidth width) =>
        MatMul.TakesEpilogue<V, T>(geometry)
            ? new EpilogueStep<V, T>(geometry, (a, b), new(geometry.Columns, body, slots, sizes), width)
            : new SeparateStep<V, T>(geometry, body, (a, b), slots, sizes, width);

    private EpilogueStep(MatMulGeometry geometry, (int, int) factors, BoundEpilogue<V, T> epilogue, LaneWidth width) =>
        (_geometry, _factors, _epilogue, _width) = (geometry, factors, epilogue, width);

    public void Run(nint* slots, Workers workers)
    {
        var begins = stackalloc T*[_epilogue.Operands];
        var epilogue = _epilogue.At(slots, begins, workers);
        MatMul.Run(_geometry, (T*)slots[_factors.A], (T*)slots[_factors.B], null, workers, _width, &epilogue);
        GC.KeepAlive(this);
    }
}
