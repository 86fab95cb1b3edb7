using AutoDiffAE.Layers;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>
/// Pictures in another size: what is too much at two opposite sides is cropped, equally, so that height and width are in the proportion wanted, then
/// each pixel becomes the mean of the area that it covers. Enlarged pictures have plain squares.
/// </summary>
internal static class AreaAverage
{
    /// <param name="picture">(height, width, channels)</param>
    public static Tensor<byte> Fit(Tensor<byte> picture, Size2D size)
    {
        var (height, width, channels) = (picture.Sizes[0], picture.Sizes[1], picture.Sizes[2]);
        if ((height, width) == (size.Height, size.Width)) return picture;
        // height' / width' = size.Height / size.Width, with height' at most height and width' at most width.
        var tooHigh = (long)height * size.Width > (long)width * size.Height;
        var (rows, columns) = tooHigh ? ((double)width * size.Height / size.Width, (double)width) : ((double)height, (double)height * size.Width / size.Height);
        var (down, across) = (Weights((height - rows) / 2, rows, size.Height, height), Weights((width - columns) / 2, columns, size.Width, width));
        return Tensor<byte>.Build([size.Height, size.Width, channels], values =>
        {
            for (var y = 0; y < size.Height; y++)
                for (var x = 0; x < size.Width; x++)
                    for (var c = 0; c < channels; c++)
                    {
                        var sum = 0.0;
                        foreach (var (row, tall) in down[y])
                            foreach (var (column, wide) in across[x])
                                sum += tall * wide * picture.Span[(row * width + column) * channels + c];
                        values[(y * size.Width + x) * channels + c] = (byte)Math.Clamp(Math.Round(sum), 0, 255);
                    }
        });
    }

    /// <summary>For each new pixel along an axis the old ones below it, each with its part of the new one.</summary>
    private static (int At, double Part)[][] Weights(double start, double length, int pixels, int old) =>
    [
        .. Enumerable.Range(0, pixels).Select(i =>
        {
            var (from, to) = (start + i * length / pixels, start + (i + 1) * length / pixels);
            var (first, last) = (Math.Clamp((int)Math.Floor(from), 0, old - 1), Math.Clamp((int)Math.Ceiling(to) - 1, 0, old - 1));
            var covered = Enumerable.Range(first, Math.Max(1, last - first + 1)).Select(at => (At: at, Part: Math.Max(0, Math.Min(at + 1, to) - Math.Max(at, from)))).ToArray();
            var sum = covered.Sum(c => c.Part);
            return sum > 0 ? [.. covered.Select(c => (c.At, c.Part / sum))] : new[] { (first, 1.0) };
        }),
    ];
}
