using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A fused body that follows a product of rows and columns, bound to sizes. An operand that has a number for each column under
/// several axes, some of them broadcast, is expanded to a row first.
/// </summary>
internal sealed unsafe class BoundEpilogue<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _columns;
    private readonly int[] _slots;
    private readonly delegate*<void**, nint, void> _code;
    private readonly double[] _literals;
    private readonly Along[] _along;
    private readonly (CopyStep<V, T> Copy, Buffer<T> Row)?[] _expanded;

    /// <param name="columns">The product's.</param>
    /// <param name="body">It reads the product first.</param>
    /// <param name="slots">The slots of what else is read, then of what is written.</param>
    /// <param name="sizes">Their sizes.</param>
    public BoundEpilogue(int columns, Body body, int[] slots, int[][] sizes)
    {
        (_columns, _slots) = (columns, slots);
        var (structure, literals) = ElementwiseCode.Parametrized(body);
        // Pinned, as the other array: a running product has their addresses.
        _literals = GC.AllocateUninitializedArray<double>(literals.Length, pinned: true);
        literals.CopyTo(_literals, 0);
        _along = GC.AllocateUninitializedArray<Along>(slots.Length, pinned: true);
        _expanded = new (CopyStep<V, T>, Buffer<T>)?[slots.Length];
        var shape = sizes[^1];
        var axis = ColumnAxis(shape, columns);
        for (var i = 0; i < slots.Length; i++)
        {
            _along[i] = i >= body.Reads - 1 ? Along.Elements : Of(sizes[i], shape, axis);
            if (_along[i] != Along.Columns || Elements(sizes[i]) == columns) continue;
            int[] all = shape[axis..], own = sizes[i].Length > all.Length ? sizes[i][^all.Length..] : sizes[i];
            _expanded[i] = (CopyStep<V, T>.Of(Layout.Dense(own), all, 0, 1), new Buffer<T>(all));
        }
        bool[] splats = [false, .. _along[..(body.Reads - 1)].Select(a => a is Along.Rows or Along.Nothing)];
        _code = (delegate*<void**, nint, void>)ElementwiseCode.Compile<V, T>(structure, splats, true);
    }

    public int Operands => _slots.Length;

    /// <summary>The body with its operands' memory, for as long as this object lives.</summary>
    /// <param name="slots">The addresses of all slots.</param>
    /// <param name="begins">Room for one address for each operand.</param>
    /// <param name="workers">They expand what has to be.</param>
    public ProductEpilogue<T> At(nint* slots, T** begins, Workers workers)
    {
        var copy = stackalloc nint[2];
        for (var i = 0; i < _slots.Length; i++)
        {
            begins[i] = (T*)slots[_slots[i]];
            if (_expanded[i] is not { } expanded) continue;
            (copy[0], copy[1]) = ((nint)begins[i], (nint)expanded.Row.Pointer);
            expanded.Copy.Run(copy, workers);
            begins[i] = expanded.Row.Pointer;
        }
        return new()
        {
            Code = _code,
            Operands = _slots.Length,
            Begins = begins,
            Along = (Along*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_along)),
            Literals = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_literals)),
            Width = _columns,
        };
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
