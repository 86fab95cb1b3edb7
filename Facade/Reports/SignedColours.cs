using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>Numbers as colours: 0 is near white, positive ones go to orange and negative ones to blue.</summary>
internal static class SignedColours
{
    private static readonly (float Red, float Green, float Blue) Zero = (250, 249, 246), Positive = (200, 84, 6), Negative = (24, 96, 190);

    /// <param name="images">(n, 1, height, width)</param>
    /// <param name="most">The number that has the full colour; numbers beyond have it too.</param>
    /// <returns>(n, 3, height, width), 0 to 255.</returns>
    public static Tensor<float> Of(Tensor<float> images, float most)
    {
        var (pixels, scale) = (images.Sizes[2] * images.Sizes[3], most > 0 ? 1 / most : 0);
        return Tensor<float>.Build([images.Sizes[0], 3, images.Sizes[2], images.Sizes[3]], values =>
        {
            for (var i = 0; i < images.Length; i++)
            {
                var t = Math.Clamp(images.Span[i] * scale, -1, 1);
                var (full, at) = (t < 0 ? Negative : Positive, i / pixels * 3 * pixels + i % pixels);
                values[at] = Zero.Red + Math.Abs(t) * (full.Red - Zero.Red);
                values[at + pixels] = Zero.Green + Math.Abs(t) * (full.Green - Zero.Green);
                values[at + 2 * pixels] = Zero.Blue + Math.Abs(t) * (full.Blue - Zero.Blue);
            }
        });
    }
}
