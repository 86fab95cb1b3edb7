namespace AutoDiffAE.Data;

/// <summary>Images to learn from, and images to judge by.</summary>
public sealed record Split(Images Train, Images Validation)
{
    /// <summary>How many of MNIST's training images the original recipe uses: 40,000 train, and the 10,000 before them validate.</summary>
    public const int MnistImages = 50_000;

    /// <summary>The first <paramref name="validation"/> images validate, the rest train; nothing is shuffled.</summary>
    /// <exception cref="DataException">No image would validate, or none would train.</exception>
    public static Split Of(Images images, int validation) => validation > 0 && validation < images.Count
        ? new(images.Rows(validation, images.Count), images.Rows(0, validation))
        : throw new DataException($"images: {validation} of {images.Count} cannot validate, at least one has to, and one to train");

    /// <summary>The first fifth of the images, at least one, validates.</summary>
    /// <exception cref="DataException">There are fewer than two images.</exception>
    public static Split Of(Images images) => Of(images, Math.Max(1, images.Count / 5));

    /// <summary>The split of the original recipe: of the first 50,000 training images, the first fifth validates.</summary>
    public static Split Of(Mnist mnist) => Of(mnist.Train(MnistImages));
}
