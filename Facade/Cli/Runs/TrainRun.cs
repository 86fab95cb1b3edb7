using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary>One training as it was asked for.</summary>
internal sealed record TrainRun(
    string Data,
    string? Folder,
    int Epochs,
    int Batch,
    int Code,
    int Filters,
    int FilterSize,
    double Rate,
    double Momentum,
    ulong Seed,
    string Device,
    int Threads,
    int? Images,
    int? Validation,
    string? Out,
    bool TraceNonFinite = false)
{
    /// <summary>One of <see cref="Autoencoders.Variant"/>, as it is written.</summary>
    public string Variation { get; init; } = "plain";

    /// <summary>Whether half of the images are mirrored and another half turned upside down.</summary>
    public bool Flips { get; init; } = true;

    /// <summary>Epochs without a smaller validation error after which the training stops; never where not given.</summary>
    public int? Patience { get; init; }

    /// <summary>What steps, and how its rate changes.</summary>
    public Learning Learning { get; init; } = Learning.Standard;

    /// <summary>What the pictures of a folder are cropped and resized to, as in 28x28.</summary>
    public string? Size { get; init; }

    private const int BlobImages = 10_000;

    internal ConvolutionalAutoencoder Architecture(Split split) => new(split.Train.Height, split.Train.Width, split.Train.Channels, Filters, FilterSize, Code, Variation: Variation);

    internal Optimizer Optimizer(Split split) => Learning.Over(Rate, Momentum, (int)Math.Min(int.MaxValue, (long)Epochs * Batches.Count(split.Train.Count, Batch)));

    /// <summary>The images that train and those that validate.</summary>
    internal Split Split()
    {
        var all = Images ?? Data switch { ImageSource.Blobs => BlobImages, ImageSource.Mnist or ImageSource.FashionMnist => AutoDiffAE.Data.Split.MnistImages, _ => int.MaxValue };
        var images = ImageSource.Load(Data, Folder, all, Seed, size: Size);
        return Validation is { } count ? AutoDiffAE.Data.Split.Of(images, count) : AutoDiffAE.Data.Split.Of(images);
    }
}
