using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>Images, and what is known of each: its class, or the number of things in it.</summary>
/// <param name="Pixels">(n, channels, height, width), 0 to 255.</param>
/// <param name="Labels">(n), or nothing.</param>
/// <exception cref="DataException">The pixels are not of rank 4, or the labels are not as many as the images.</exception>
public sealed record Images(Tensor<float> Pixels, Tensor<int>? Labels = null)
{
    public Tensor<float> Pixels { get; } = Pixels.Rank == 4
        ? Pixels
        : throw new DataException($"images: pixels of shape {Pixels.Shape} found, (n, channels, height, width) expected");

    public Tensor<int>? Labels { get; } = Labels is null || (Labels.Rank == 1 && Labels.Length == Pixels.Sizes[0])
        ? Labels
        : throw new DataException($"images: labels of shape {Labels.Shape} found, one for each of {Pixels.Sizes[0]} images expected");

    public int Count => Pixels.Sizes[0];

    public int Channels => Pixels.Sizes[1];

    public int Height => Pixels.Sizes[2];

    public int Width => Pixels.Sizes[3];

    /// <summary>Images <paramref name="start"/> up to <paramref name="end"/>, copied.</summary>
    public Images Rows(int start, int end) => new(Pixels.Rows(start, end), Labels?.Rows(start, end));
}
