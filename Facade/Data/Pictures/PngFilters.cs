namespace AutoDiffAE.Data;

/// <summary>PNG's filters: each byte of a row is stored as its difference to a prediction from the bytes to its left (a), above (b) and above left (c).</summary>
internal static class PngFilters
{
    /// <summary>The rows without their filters.</summary>
    /// <param name="stored">For each row the number of its filter, then its bytes.</param>
    /// <param name="row">Bytes in a row.</param>
    /// <param name="pixel">Bytes in a pixel: how far left a and c are.</param>
    /// <exception cref="DataException">There is no such filter.</exception>
    public static byte[] Undone(byte[] stored, int height, int row, int pixel, string source)
    {
        var rows = new byte[height * row];
        ReadOnlySpan<byte> above = new byte[row];
        for (var y = 0; y < height; y++)
        {
            var now = rows.AsSpan(y * row, row);
            stored.AsSpan(y * (row + 1) + 1, row).CopyTo(now);
            Undo(stored[y * (row + 1)], now, above, pixel, y, source);
            above = now;
        }
        return rows;
    }

    private static void Undo(byte filter, Span<byte> now, ReadOnlySpan<byte> above, int pixel, int y, string source)
    {
        if (filter > 4) throw new DataException($"{source}: row {y} has the filter {filter}, PNG has 0 to 4: the file is damaged");
        for (var x = 0; filter != 0 && x < now.Length; x++)
        {
            var (a, b, c) = x < pixel ? (0, above[x], 0) : (now[x - pixel], above[x], above[x - pixel]);
            now[x] += (byte)(filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, _ => Nearest(a, b, c) });
        }
    }

    /// <summary>Paeth's predictor: that of a, b and c which is nearest to a + b - c, in this order of ties.</summary>
    private static int Nearest(int a, int b, int c)
    {
        var (toA, toB, toC) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - 2 * c));
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }
}
