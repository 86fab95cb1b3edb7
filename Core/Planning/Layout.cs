namespace AutoDiffAE.Planning;

/// <summary>
/// Where the elements of an operand of some shape lie, in elements from where its memory begins: at a start, and by a stride along each axis.
/// An axis of the shape may be several of these axes.
/// </summary>
internal sealed record Layout(int[] Shape, int[] Sizes, int[] Strides, int Start)
{
    public static Layout Dense(int[] shape) => new(shape, shape, RowMajor(shape), 0);

    /// <summary>How a slot is read.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="sizes">The sizes of each slot.</param>
    /// <param name="names">Numbers for the named sizes.</param>
    public static Layout Of(Slot slot, int[][] sizes, IReadOnlyDictionary<string, long> names)
    {
        if (slot.View is not { } view) return Dense(sizes[slot.Id]);
        var source = RowMajor(sizes[slot.Of!.Value]);
        return new(sizes[slot.Id], view.Shape.Evaluate(names), [.. view.Order.Select(axis => view.Ranges[axis].Step * source[axis])],
            checked((int)view.Ranges.Select((r, axis) => r.Start.Evaluate(names) * source[axis]).Sum()));
    }

    private static int[] RowMajor(int[] sizes)
    {
        var strides = new int[sizes.Length];
        for (var (axis, stride) = (sizes.Length - 1, 1); axis >= 0; axis--) (strides[axis], stride) = (stride, stride * sizes[axis]);
        return strides;
    }
}
