using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>The images that a name on the command line stands for: blobs, mnist, or a file.</summary>
internal static class ImageSource
{
    public const string Blobs = "blobs", Mnist = "mnist";

    public const string Description = "blobs (generated circles), mnist (with --data), or a FILE of images: IDX, or .npy or .npz with an array (n, h, w) or (n, c, h, w)";

    /// <param name="count">So many images; the first ones where there are more.</param>
    /// <param name="test">MNIST's test images, not those for training.</param>
    /// <exception cref="DataException">The images are missing or damaged.</exception>
    /// <exception cref="UsageException">There is no such data set or file, or no folder is given for MNIST.</exception>
    public static Images Load(string name, string? folder, int count, ulong seed, bool test = false) => name switch
    {
        Blobs => Data.Blobs.Generate(count, new BlobOptions(), seed),
        Mnist when folder is null => throw new UsageException("mnist: --data DIR is needed, the folder with MNIST's four IDX files"),
        Mnist when test => Data.Mnist.Load(folder).Test(count),
        Mnist => Data.Mnist.Load(folder).Train(count),
        _ when File.Exists(name) => FromFile(name) is var images && images.Count > count ? images.Rows(0, count) : images,
        _ => throw new UsageException($"{name}: there is no data set and no file of this name; give blobs, mnist, or an IDX, .npy or .npz file"),
    };

    /// <summary>How a run on this data is called.</summary>
    public static string Label(string name) => name is Blobs or Mnist ? name : Path.GetFileNameWithoutExtension(name);

    private static Images FromFile(string path)
    {
        var stored = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => Npy.Load(path),
            ".npz" => Only(Npz.Open(path), path),
            _ => Idx.Load(path),
        };
        if (stored.Sizes.Contains(0)) throw new DataException($"{path}: an array of shape {Shape.Of(stored.Sizes)} found, at least one image was expected");
        ImmutableArray<int> sizes = stored.Sizes switch
        {
            [var n, var height, var width] => [n, 1, height, width],
            [_, _, _, _] => stored.Sizes,
            _ => throw new DataException($"{path}: an array of shape {Shape.Of(stored.Sizes)} found, images (n, height, width) or (n, channels, height, width) were expected"),
        };
        return new(stored.Type is { Kind: 'u', Size: 1 }
            ? Examples.Of(stored.As<byte>().Reshape(sizes.AsSpan()))
            : Examples.Of(stored.As<float>().Reshape(sizes.AsSpan())));
    }

    /// <summary>The array called images, or the only one.</summary>
    private static StoredArray Only(NpzFile file, string path) =>
        file.Contains("images") ? file["images"]
        : file.Names is [var only] ? file[only]
        : throw new DataException($"{path}: has {file.Names.Length} arrays ({string.Join(", ", file.Names)}), one or one called images was expected");
}
