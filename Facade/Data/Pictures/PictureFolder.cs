using System.Collections.Immutable;
using AutoDiffAE.Layers;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>
/// The pictures of a folder as one set, in the order of their names. Where they lie in subfolders, each subfolder is a class: labels count them in the
/// order of their names, and pictures are taken from them in turn, so that the first ones of a set are of all classes.
/// </summary>
/// <param name="Images">(n, 1 or 3, height, width) as bytes, and the class of each where there are classes.</param>
/// <param name="Classes">The names of the subfolders, or nothing.</param>
/// <param name="Fitted">How many pictures were cropped or resized.</param>
public sealed record PictureFolder(Images Images, ImmutableArray<string> Classes, int Fitted)
{
    private static readonly string[] Read = [".png", ".pgm", ".ppm", ".pnm"], Unread = [".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".pbm"];

    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Loads all pictures. Files that are no pictures are passed over.</summary>
    /// <param name="size">What all are cropped and resized to; null where they have one size already.</param>
    /// <exception cref="DataException">There are none, they differ in size or colours, or one cannot be read.</exception>
    public static PictureFolder Load(string folder, Size2D? size = null)
    {
        if (size is { Height: < 1 } or { Width: < 1 }) throw new DataException($"{folder}: pictures of {size} cannot be had, 1x1 or more can");
        if (!Directory.Exists(folder)) throw new DataException($"{folder}: there is no such folder");
        var (paths, classes) = Found(folder);
        var (fitted, first) = (0, Fit(paths[0].Path, size).Picture);
        if ((long)paths.Length * first.Length > Array.MaxLength)
            throw new DataException($"{folder}: {paths.Length} pictures of {Text(first)} are more than {Array.MaxLength} bytes: use fewer, or a smaller size");
        var pixels = Tensor<byte>.Build([paths.Length, first.Sizes[2], first.Sizes[0], first.Sizes[1]], values =>
        {
            for (var i = 0; i < paths.Length; i++)
            {
                var (picture, changed) = Fit(paths[i].Path, size);
                Require(picture, first, paths[i].Path, paths[0].Path);
                Planes(picture, values.Slice(i * first.Length, first.Length));
                if (changed) fitted++;
            }
        });
        return new(new(Examples.Of(pixels), classes.IsEmpty ? null : Tensor<int>.Of(paths.Select(p => p.Class), paths.Length)), classes, fitted);
    }

    private static (Tensor<byte> Picture, bool Changed) Fit(string path, Size2D? size)
    {
        var picture = Picture.Read(path);
        var same = size is null ? picture : AreaAverage.Fit(picture, size.Value);
        return (same, !ReferenceEquals(same, picture));
    }

    private static (ImmutableArray<(string Path, int Class)> Paths, ImmutableArray<string> Classes) Found(string folder)
    {
        try
        {
            var own = Pictures(folder);
            var classes = Directory.EnumerateDirectories(folder, "*", All).Where(f => !Path.GetFileName(f).StartsWith('.'))
                .Select(f => (Name: Path.GetFileName(f), Files: Pictures(f))).Where(f => f.Files.Count > 0).OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
            if (own.Count > 0 && classes.Count > 0)
                throw new DataException($"{folder}: has pictures of its own ({Path.GetFileName(own[0])}) and in the subfolder {classes[0].Name}: either all or none in subfolders, which are classes");
            return own.Count > 0 ? ([.. own.Select(path => (path, 0))], [])
                : classes.Count > 0 ? ([.. classes.SelectMany((c, i) => c.Files.Select((path, at) => (path, i, at))).OrderBy(p => p.at).ThenBy(p => p.i).Select(p => (p.path, p.i))], [.. classes.Select(c => c.Name)])
                : throw new DataException($"{folder}: there is no PNG, PGM or PPM picture in it or in its subfolders");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be read ({e.Message})", e);
        }
    }

    private static List<string> Pictures(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", All).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal).ToList();
        return files.FirstOrDefault(f => Is(f, Unread)) is { } other
            ? throw new DataException($"{other}: cannot be read, PNG, PGM and PPM can: convert it, or take it out of the folder")
            : [.. files.Where(f => Is(f, Read))];
    }

    private static bool Is(string file, string[] extensions) => extensions.Contains(Path.GetExtension(file).ToLowerInvariant());

    private static void Require(Tensor<byte> picture, Tensor<byte> first, string path, string firstPath)
    {
        if (!picture.Sizes[..2].SequenceEqual(first.Sizes[..2]))
            throw new DataException($"{path}: has {Text(picture)} pixels and {firstPath} has {Text(first)}: --size HxW crops and resizes all to one size");
        if (picture.Sizes[2] != first.Sizes[2])
            throw new DataException($"{path}: is {Colours(picture)} and {firstPath} is {Colours(first)}: make them alike");
    }

    private static string Text(Tensor<byte> picture) => $"{picture.Sizes[0]}x{picture.Sizes[1]}";

    private static string Colours(Tensor<byte> picture) => picture.Sizes[2] == 1 ? "grey" : "coloured";

    /// <summary>(height, width, channels) to (channels, height, width).</summary>
    private static void Planes(Tensor<byte> picture, Span<byte> planes)
    {
        var (channels, size) = (picture.Sizes[2], picture.Sizes[0] * picture.Sizes[1]);
        for (var i = 0; i < picture.Length; i++) planes[i % channels * size + i / channels] = picture.Span[i];
    }
}
