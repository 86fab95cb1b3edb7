using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>The images that a name on the command line stands for: blobs, mnist, fashion-mnist, a file, or a folder of pictures.</summary>
internal static class ImageSource
{
    public const string Blobs = "blobs", Mnist = "mnist", FashionMnist = "fashion-mnist";

    public const string Description = "blobs (generated circles), mnist or fashion-mnist (with --data), a FILE of images: IDX, or .npy or .npz with an array (n, h, w) or (n, c, h, w), "
        + "or a FOLDER of PNG, PGM or PPM pictures (subfolders are classes)";

    /// <summary>Whether it is a name of a set, not of a file or folder.</summary>
    public static bool IsSet(string name) => name is Blobs or Mnist or FashionMnist;

    /// <param name="count">So many images; the first ones where there are more.</param>
    /// <param name="test">MNIST's test images, not those for training.</param>
    /// <param name="size">What the pictures of a folder are cropped and resized to.</param>
    /// <exception cref="DataException">The images are missing or damaged.</exception>
    /// <exception cref="UsageException">There is no such data set or file, or no folder is given for MNIST.</exception>
    public static Images Load(string name, string? folder, int count, ulong seed, bool test = false, string? size = null)
    {
        if (size is not null && (IsSet(name) || !Directory.Exists(name)))
            throw new UsageException($"--size {size}: only the pictures of a folder can be cropped and resized, {name} is none");
        return name switch
        {
            Blobs => Data.Blobs.Generate(count, new BlobOptions(), seed),
            Mnist or FashionMnist when folder is null => throw new UsageException($"{name}: --data DIR is needed, the folder with its four IDX files, which `autodiffae fetch {name} --data DIR` gets"),
            Mnist or FashionMnist when test => Data.Mnist.Load(folder).Test(count),
            Mnist or FashionMnist => Data.Mnist.Load(folder).Train(count),
            _ when File.Exists(name) => First(FromFile(name), count),
            _ when Directory.Exists(name) => First(PictureFolder.Load(name, size is null ? null : Options.Parsed(size)).Images, count),
            _ => throw new UsageException($"{name}: there is no data set, file or folder of this name; give blobs, mnist, fashion-mnist, an IDX, .npy or .npz file, or a folder of pictures"),
        };
    }

    /// <summary>How a run on this data is called.</summary>
    public static string Label(string name) => IsSet(name) ? name
        : Directory.Exists(name) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name)))
        : Path.GetFileNameWithoutExtension(name);

    private static Images First(Images images, int count) => images.Count > count ? images.Rows(0, count) : images;

    /// <param name="large">Beyond so many bytes a file stays where it is, and its images are read when they are needed; by default a quarter of the memory.</param>
    internal static Images FromFile(string path, long? large = null)
    {
        if (new FileInfo(path).Length > (large ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4) && StreamedArray.Open(path) is { } streamed)
            return new(streamed.Examples(Sizes(streamed.Sizes, path)));
        var stored = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => Npy.Load(path),
            ".npz" => Only(Npz.Open(path), path),
            _ => Idx.Load(path),
        };
        var sizes = Sizes(stored.Sizes, path);
        return new(stored.Type is { Kind: 'u', Size: 1 }
            ? Examples.Of(stored.As<byte>().Reshape(sizes.AsSpan()))
            : Examples.Of(stored.As<float>().Reshape(sizes.AsSpan())));
    }

    private static ImmutableArray<int> Sizes(ImmutableArray<int> stored, string path) =>
        stored.Contains(0) ? throw new DataException($"{path}: an array of shape {Shape.Of(stored)} found, at least one image was expected")
        : stored is [var n, var height, var width] ? [n, 1, height, width]
        : stored.Length == 4 ? stored
        : throw new DataException($"{path}: an array of shape {Shape.Of(stored)} found, images (n, height, width) or (n, channels, height, width) were expected");

    /// <summary>The array called images, or the only one.</summary>
    private static StoredArray Only(NpzFile file, string path) =>
        file.Contains("images") ? file["images"]
        : file.Names is [var only] ? file[only]
        : throw new DataException($"{path}: has {file.Names.Length} arrays ({string.Join(", ", file.Names)}), one or one called images was expected");
}
