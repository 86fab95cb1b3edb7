using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>Images that can be shown: grey or colour ones as they are, of others the first channel.</summary>
public static class Visible
{
    /// <param name="images">(n, channels, height, width)</param>
    /// <returns>(n, 1 or 3, height, width)</returns>
    public static Tensor<float> Of(Tensor<float> images) => images.Sizes[1] is 1 or 3 ? images : Tensor<float>.Build(
        [images.Sizes[0], 1, images.Sizes[2], images.Sizes[3]], values =>
        {
            var (size, all) = (images.Sizes[2] * images.Sizes[3], images.Sizes[1] * images.Sizes[2] * images.Sizes[3]);
            for (var i = 0; i < images.Sizes[0]; i++) images.Span.Slice(i * all, size).CopyTo(values[(i * size)..]);
        });
}
