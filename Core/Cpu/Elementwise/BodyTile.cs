namespace AutoDiffAE.Cpu;

/// <summary>What part of a shape is run at a time: a block of one axis by all behind it, or, where the last axis is long, a block of the last two.</summary>
/// <param name="Axis">The axis of the rows; all behind it is in the tile.</param>
/// <param name="Rows">How many of its elements.</param>
/// <param name="Columns">How many elements of the axes behind it.</param>
/// <param name="Apart">Whether the columns are a part of the last axis, so that rows do not follow each other.</param>
internal readonly record struct BodyTile(int Axis, int Rows, int Columns, bool Apart)
{
    private const int LongRow = 1024, TileRows = 16, TileElements = 4096;

    /// <param name="sizes">The shape, of at least one axis.</param>
    public static BodyTile Of(int[] sizes)
    {
        if (sizes.Length > 1 && sizes[^1] > LongRow) return new(sizes.Length - 2, Math.Min(TileRows, sizes[^2]), LongRow, true);
        var (axis, columns) = (sizes.Length - 1, 1);
        while (axis > 0 && columns * (long)sizes[axis] <= TileElements) columns *= sizes[axis--];
        return new(axis, Math.Min(sizes[axis], Math.Max(1, TileElements / columns)), columns, false);
    }
}
