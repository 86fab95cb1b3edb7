using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>Images, and what is known of each: its class, or the number of things in it.</summary>
public sealed class Images
{
    private readonly Lazy<Tensor<float>> _pixels;

    /// <param name="pixels">(n, channels, height, width), 0 to 255.</param>
    /// <param name="labels">(n), or nothing.</param>
    /// <exception cref="DataException">The pixels are not of rank 4, or the labels are not as many as the images.</exception>
    public Images(Tensor<float> pixels, Tensor<int>? labels = null) : this(pixels, labels, new(pixels)) { }

    /// <inheritdoc cref="Images(Tensor{float}, Tensor{int})"/>
    public Images(Examples pixels, Tensor<int>? labels = null) : this(pixels, labels, new(pixels.ToTensor)) { }

    private Images(Examples examples, Tensor<int>? labels, Lazy<Tensor<float>> pixels)
    {
        if (examples.Sizes.Length != 4)
            throw new DataException($"images: pixels of shape {examples.Shape} found, (n, channels, height, width) expected");
        if (labels is not null && (labels.Rank != 1 || labels.Length != examples.Count))
            throw new DataException($"images: labels of shape {labels.Shape} found, one for each of {examples.Count} images expected");
        (Examples, Labels, _pixels) = (examples, labels, pixels);
    }

    /// <summary>(n, channels, height, width), 0 to 255, made as they are read.</summary>
    public Examples Examples { get; }

    /// <summary>The same as a tensor, which is made when it is first asked for.</summary>
    public Tensor<float> Pixels => _pixels.Value;

    /// <summary>(n), or nothing.</summary>
    public Tensor<int>? Labels { get; }

    public int Count => Examples.Sizes[0];

    public int Channels => Examples.Sizes[1];

    public int Height => Examples.Sizes[2];

    public int Width => Examples.Sizes[3];

    /// <summary>Images <paramref name="start"/> up to <paramref name="end"/>; their pixels are not copied.</summary>
    public Images Rows(int start, int end) => new(Examples.Rows(start, end), Labels?.Rows(start, end));
}
