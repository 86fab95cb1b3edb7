using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A product with a fused body run over its elements while they are in the cache. An operand that has a number for each column under
/// several axes, some of them broadcast, is expanded to a row first.
/// </summary>
internal sealed unsafe class EpilogueStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatMulGeometry _geometry;
    private readonly (int A, int B) _factors;
    private readonly int[] _slots;
    private readonly LaneWidth _width;
    private readonly delegate*<void**, nint, void> _code;
    private readonly double[] _literals;
    private readonly Along[] _along;
    private readonly (CopyStep<V, T> Copy, Buffer<T> Row)?[] _expanded;

    /// <param name="geometry">The product.</param>
    /// <param name="body">It reads the product first.</param>
    /// <param name="a">A's slot.</param>
    /// <param name="b">B's slot.</param>
    /// <param name="slots">The slots of what else is read, then of what is written.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <param name="width">The width of vectors.</param>
    public static IBoundStep Of(MatMulGeometry geometry, Body body, int a, int b, int[] slots, int[][] sizes, LaneWidth width) =>
        MatMul.TakesEpilogue<V, T>(geometry)
            ? new EpilogueStep<V, T>(geometry, body, (a, b), slots, sizes, width)
            : new SeparateStep<V, T>(geometry, body, (a, b), slots, sizes, width);

    private EpilogueStep(MatMulGeometry geometry, Body body, (int, int) factors, int[] slots, int[][] sizes, LaneWidth width)
    {
        (_geometry, _factors, _slots, _width) = (geometry, factors, slots, width);
        var (structure, literals) = ElementwiseCode.Parametrized(body);
        // Pinned, as the other array: a running product has their addresses.
        _literals = GC.AllocateUninitializedArray<double>(literals.Length, pinned: true);
        literals.CopyTo(_literals, 0);
        _along = GC.AllocateUninitializedArray<Along>(slots.Length, pinned: true);
        _expanded = new (CopyStep<V, T>, Buffer<T>)?[slots.Length];
        var shape = sizes[^1];
        var axis = ColumnAxis(shape, geometry.Columns);
        for (var i = 0; i < slots.Length; i++)
        {
            _along[i] = i >= body.Reads - 1 ? Along.Elements : Of(sizes[i], shape, axis);
            if (_along[i] != Along.Columns || Elements(sizes[i]) == geometry.Columns) continue;
            int[] columns = shape[axis..], own = sizes[i].Length > columns.Length ? sizes[i][^columns.Length..] : sizes[i];
            _expanded[i] = (CopyStep<V, T>.Broadcast(own, columns, 0, 1), new Buffer<T>(columns));
        }
        bool[] splats = [false, .. _along[..(body.Reads - 1)].Select(a => a is Along.Rows or Along.Nothing)];
        _code = (delegate*<void**, nint, void>)ElementwiseCode.Compile<V, T>(structure, splats, true);
    }

    public void Run(nint* slots, Workers workers)
    {
        var begins = stackalloc T*[_slots.Length];
        var copy = stackalloc nint[2];
        for (var i = 0; i < _slots.Length; i++)
        {
            begins[i] = (T*)slots[_slots[i]];
            if (_expanded[i] is not { } expanded) continue;
            (copy[0], copy[1]) = ((nint)begins[i], (nint)expanded.Row.Pointer);
            expanded.Copy.Run(copy, workers);
            begins[i] = expanded.Row.Pointer;
        }
        var epilogue = new ProductEpilogue<T>
        {
            Code = _code,
            Operands = _slots.Length,
            Begins = begins,
            Along = (Along*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_along)),
            Literals = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_literals)),
            Width = _geometry.Columns,
        };
        MatMul.Run(_geometry, (T*)slots[_factors.A], (T*)slots[_factors.B], null, workers, _width, &epilogue);
        GC.KeepAlive(this);
    }

    /// <summary>The first of the last axes that together are the columns.</summary>
    private static int ColumnAxis(int[] shape, int columns)
    {
        var axis = shape.Length;
        while (axis > 0 && Elements(shape[axis..]) != columns) axis--;
        return axis;
    }

    private static Along Of(int[] operand, int[] shape, int axis)
    {
        var columns = Math.Min(operand.Length, shape.Length - axis);
        return (Elements(operand[..^columns]) > 1, Elements(operand[^columns..]) > 1) switch
        {
            (true, true) => Along.Elements,
            (false, true) => Along.Columns,
            (true, false) => Along.Rows,
            _ => Along.Nothing,
        };
    }

    private static int Elements(int[] sizes) => sizes.Aggregate(1, (a, b) => a * b);
}
