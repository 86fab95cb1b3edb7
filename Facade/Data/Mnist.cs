using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>The four arrays of MNIST, or of a set in its form: images (n, 1, height, width), 28 by 28, and labels (n), as bytes.</summary>
public sealed record Mnist(Tensor<byte> TrainImages, Tensor<byte> TrainLabels, Tensor<byte> TestImages, Tensor<byte> TestLabels)
{
    /// <summary>Loads train-images-idx3-ubyte and its three companions, with or without .gz, with - or . before idx.</summary>
    /// <exception cref="DataException">The folder or a file is missing or damaged, or images and labels do not match.</exception>
    public static Mnist Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new DataException($"{folder}: there is no such folder, the one with MNIST's four files was expected");
        var test = Task.Run(() => Part(folder, "t10k"));
        var (trainImages, trainLabels) = Part(folder, "train");
        var (testImages, testLabels) = test.GetAwaiter().GetResult();
        return new(trainImages, trainLabels, testImages, testLabels);
    }

    /// <summary>The first <paramref name="count"/> training images, or all if there are fewer, as floats 0 to 255.</summary>
    public Images Train(int count = int.MaxValue) => Of(TrainImages, TrainLabels, count);

    /// <summary>The first <paramref name="count"/> test images, or all if there are fewer, as floats 0 to 255.</summary>
    public Images Test(int count = int.MaxValue) => Of(TestImages, TestLabels, count);

    private static Images Of(Tensor<byte> images, Tensor<byte> labels, int count)
    {
        var n = Math.Clamp(count, 0, labels.Length);
        return new(Examples.Of(images).Rows(0, n), labels.Rows(0, n).Cast<int>());
    }

    private static (Tensor<byte> Images, Tensor<byte> Labels) Part(string folder, string part)
    {
        var (imagesPath, labelsPath) = (Find(folder, $"{part}-images", "idx3-ubyte"), Find(folder, $"{part}-labels", "idx1-ubyte"));
        var (images, labels) = (Idx.Read<byte>(imagesPath), Idx.Read<byte>(labelsPath));
        return images.Rank != 3 ? throw new DataException($"{imagesPath}: an array of shape {images.Shape} found, (n, height, width) expected")
            : labels.Rank != 1 ? throw new DataException($"{labelsPath}: an array of shape {labels.Shape} found, (n) expected")
            : images.Sizes[0] != labels.Length ? throw new DataException($"{labelsPath}: {labels.Length} labels found for {images.Sizes[0]} images")
            : (images.Reshape(images.Sizes[0], 1, images.Sizes[1], images.Sizes[2]), labels);
    }

    private static string Find(string folder, string set, string kind) =>
        new[] { $"{set}-{kind}", $"{set}-{kind}.gz", $"{set}.{kind}", $"{set}.{kind}.gz" }
            .Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new DataException($"{folder}: the file {set}-{kind} (or {set}-{kind}.gz) is missing");
}
