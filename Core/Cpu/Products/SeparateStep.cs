using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>A product and then a pass over it, where its blocks are too small or too narrow to run a body over them.</summary>
internal sealed unsafe class SeparateStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatMulGeometry _geometry;
    private readonly (int A, int B) _factors;
    private readonly int[] _slots;
    private readonly LaneWidth _width;
    private readonly Buffer<T> _product;
    private readonly IBoundStep _body;

    public SeparateStep(MatMulGeometry geometry, Body body, (int, int) factors, int[] slots, int[][] sizes, LaneWidth width)
    {
        (_geometry, _factors, _slots, _width) = (geometry, factors, slots, width);
        _product = new Buffer<T>(geometry.Batch, geometry.Rows, geometry.Columns);
        _body = ElementwiseStep<V, T>.Of(body, [.. Enumerable.Range(0, slots.Length + 1)], [sizes[^1], .. sizes]);
    }

    public void Run(nint* slots, Workers workers)
    {
        MatMul.Run(_geometry, (T*)slots[_factors.A], (T*)slots[_factors.B], _product.Pointer, workers, _width);
        var addresses = stackalloc nint[_slots.Length + 1];
        addresses[0] = (nint)_product.Pointer;
        for (var i = 0; i < _slots.Length; i++) addresses[i + 1] = slots[_slots[i]];
        _body.Run(addresses, workers);
        GC.KeepAlive(this);
    }
}
