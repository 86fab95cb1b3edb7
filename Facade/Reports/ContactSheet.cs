using AutoDiffAE.Data;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>Images laid out on one sheet, each pixel enlarged to a square, so that they can be judged by eye.</summary>
public static class ContactSheet
{
    private const byte Paper = 236;
    private const int Margin = 12, Apart = 10, Hairline = 2;

    private readonly record struct Tile(Tensor<float> Images, int Index, int Top, int Left);

    /// <summary>Each input with its output right below it, in rows of such pairs.</summary>
    /// <param name="inputs">(n, 1 or 3, height, width), 0 to 255; values beyond are clipped.</param>
    /// <param name="outputs">Of the same shape.</param>
    /// <param name="scale">The side of the square that a pixel becomes.</param>
    /// <returns>(height, width, 1 or 3), as <see cref="Png"/> takes it.</returns>
    /// <exception cref="DataException">There is no image.</exception>
    public static Tensor<byte> Pairs(Tensor<float> inputs, Tensor<float> outputs, int columns = 10, int scale = 3)
    {
        Require(inputs.Sizes.SequenceEqual(outputs.Sizes), $"outputs of shape {outputs.Shape} found for inputs of shape {inputs.Shape}");
        return Sheet([inputs, outputs], columns, scale, Apart);
    }

    /// <summary>Images in rows, from left to right.</summary>
    /// <param name="images">(n, 1 or 3, height, width), 0 to 255; values beyond are clipped.</param>
    /// <param name="scale">The side of the square that a pixel becomes.</param>
    /// <param name="apart">Pixels between two images.</param>
    /// <returns>(height, width, 1 or 3), as <see cref="Png"/> takes it.</returns>
    /// <exception cref="DataException">There is no image.</exception>
    public static Tensor<byte> Grid(Tensor<float> images, int columns = 10, int scale = 3, int apart = Hairline) => Sheet([images], columns, scale, apart);

    // The i-th images of all stacks stand above each other, a hairline apart; wider gaps lie around each such stack.
    private static Tensor<byte> Sheet(Tensor<float>[] stacks, int columns, int scale, int gap)
    {
        var first = stacks[0];
        Require(first.Rank == 4 && first.Sizes[1] is 1 or 3, $"images of shape {first.Shape} found, (n, 1 or 3, height, width) expected");
        Require(columns > 0 && scale > 0, $"{columns} columns and a scale of {scale} found, 1 or more expected");
        Require(gap >= 0, $"{gap} pixels between images found, 0 or more expected");
        if (first.Length == 0) throw new DataException("contact sheet: there is no image to show");

        var (count, height, width) = (first.Sizes[0], first.Sizes[2] * scale, first.Sizes[3] * scale);
        var stack = stacks.Length * (height + Hairline) - Hairline;
        var (used, rows) = (Math.Min(columns, count), (count + columns - 1) / columns);
        var tiles =
            from i in Enumerable.Range(0, count)
            from s in Enumerable.Range(0, stacks.Length)
            select new Tile(stacks[s], i, Margin + i / columns * (stack + gap) + s * (height + Hairline), Margin + i % columns * (width + gap));
        int[] sizes = [2 * Margin + rows * (stack + gap) - gap, 2 * Margin + used * (width + gap) - gap, first.Sizes[1]];
        return Tensor<byte>.Build(sizes, sheet =>
        {
            sheet.Fill(Paper);
            foreach (var tile in tiles) Paint(tile, scale, sizes[1], sheet);
        });
    }

    private static void Paint(Tile tile, int scale, int sheetWidth, Span<byte> sheet)
    {
        var sizes = tile.Images.Sizes;
        var (channels, height, width) = (sizes[1], sizes[2], sizes[3]);
        var image = tile.Images.Span.Slice(tile.Index * channels * height * width, channels * height * width);
        for (var row = 0; row < height * scale; row++)
            for (var column = 0; column < width * scale; column++)
                for (var channel = 0; channel < channels; channel++)
                    sheet[((tile.Top + row) * sheetWidth + tile.Left + column) * channels + channel] =
                        Sample(image[(channel * height + row / scale) * width + column / scale]);
    }

    private static byte Sample(float value) => float.IsNaN(value) ? (byte)0 : (byte)Math.Clamp(MathF.Round(value), 0, 255);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new ArgumentException($"contact sheet: {otherwise}");
    }
}
