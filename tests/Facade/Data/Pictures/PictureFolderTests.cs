using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data.Pictures;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Grey(string name, int height, int width, byte value) => Save(name, Tensor<byte>.Full(value, height, width, 1));

    private void Save(string name, Tensor<byte> picture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(name))!);
        Png.Write(_folder.At(name), picture);
    }

    private string Refused(Size2D? size = null) => Assert.Throws<DataException>(() => PictureFolder.Load(_folder.Path, size)).Message.Replace(_folder.Path, "DIR");

    private static byte[] First(PictureFolder loaded) => [.. Enumerable.Range(0, loaded.Images.Count).Select(i => (byte)loaded.Images.Pixels[i, 0, 0, 0])];

    [Fact]
    public void Pictures_are_in_the_order_of_their_names()
    {
        foreach (var (name, value) in new[] { ("b.png", 2), ("a10.png", 1), ("c.png", 3), ("B.png", 0) }) Grey(name, 2, 3, (byte)value);
        File.WriteAllText(_folder.At("a.pgm"), "P2 3 2 255 9 9 9 9 9 9");
        File.WriteAllText(_folder.At("notes.txt"), "no picture");
        Grey(".hidden.png", 5, 5, 7);
        var loaded = PictureFolder.Load(_folder.Path);
        Assert.Equal([0, 9, 1, 2, 3], First(loaded));
        Assert.Equal("(5, 1, 2, 3)", loaded.Images.Examples.Shape.ToString());
        Assert.Null(loaded.Images.Labels);
        Assert.Equal(0, loaded.Fitted);
    }

    [Fact]
    public void Subfolders_are_classes_taken_in_turn()
    {
        foreach (var (name, value) in new[] { ("dog/1.png", 10), ("dog/2.png", 11), ("dog/3.png", 12), ("cat/9.png", 20), ("cat/8.png", 21) }) Grey(name, 2, 2, (byte)value);
        Directory.CreateDirectory(_folder.At("empty"));
        var loaded = PictureFolder.Load(_folder.Path);
        Assert.Equal<string>(["cat", "dog"], loaded.Classes);
        Assert.Equal([21, 10, 20, 11, 12], First(loaded));
        Assert.Equal([0, 1, 0, 1, 1], loaded.Images.Labels!.Span.ToArray());
    }

    [Fact]
    public void Colours_become_planes()
    {
        Save("a.png", Tensor<byte>.Of([1, 2, 3, 4, 5, 6], 1, 2, 3));
        Assert.Equal([1f, 4, 2, 5, 3, 6], PictureFolder.Load(_folder.Path).Images.Pixels.Span.ToArray());
    }

    [Fact]
    public void Pictures_that_differ_are_named_with_what_would_do()
    {
        Grey("a.png", 2, 3, 0);
        Grey("b.png", 3, 3, 0);
        Assert.Equal("DIR/b.png: has 3x3 pixels and DIR/a.png has 2x3: --size HxW crops and resizes all to one size", Refused());
        Save("b.png", Tensor<byte>.Full(1, 2, 3, 3));
        Assert.Equal("DIR/b.png: is coloured and DIR/a.png is grey: make them alike", Refused());
    }

    [Fact]
    public void What_is_no_set_of_pictures_is_refused()
    {
        Assert.Equal("DIR: there is no PNG, PGM or PPM picture in it or in its subfolders", Refused());
        Grey("a.png", 2, 2, 0);
        Grey("sub/b.png", 2, 2, 0);
        Assert.Equal("DIR: has pictures of its own (a.png) and in the subfolder sub: either all or none in subfolders, which are classes", Refused());
        _folder.Holding("photo.JPG", 0xff);
        Assert.Equal("DIR/photo.JPG: cannot be read, PNG, PGM and PPM can: convert it, or take it out of the folder", Refused());
        Assert.Equal("missing: there is no such folder", Assert.Throws<DataException>(() => PictureFolder.Load("missing")).Message);
    }

    [Fact]
    public void A_damaged_picture_is_named()
    {
        Grey("a.png", 2, 2, 0);
        _folder.Holding("b.png", 1, 2, 3);
        Assert.Equal("DIR/b.png: is no PNG, PGM or PPM picture", Refused());
    }

    [Fact]
    public void A_size_crops_to_the_middle_and_averages_areas()
    {
        // 4x6 to 2x2: one column is cropped left and right, then blocks of 2x2 are averaged.
        Save("a.png", Tensor<byte>.Of([
            255, 10, 20, 1, 3, 255,
            255, 30, 40, 5, 7, 255,
            255, 0, 0, 100, 101, 255,
            255, 0, 2, 102, 103, 255], 4, 6, 1));
        Grey("b.png", 2, 2, 9);
        var loaded = PictureFolder.Load(_folder.Path, 2);
        Assert.Equal([25f, 4, 0, 102, 9, 9, 9, 9], loaded.Images.Pixels.Span.ToArray());
        Assert.Equal(1, loaded.Fitted);
    }

    [Fact]
    public void An_area_that_covers_parts_of_pixels_is_weighted_by_them()
    {
        // Each new pixel covers one and a half of the old ones.
        Save("a.png", Tensor<byte>.Of([0, 90, 240, 0, 90, 240, 0, 90, 240], 3, 3, 1));
        Assert.Equal([30f, 190, 30, 190], PictureFolder.Load(_folder.Path, 2).Images.Pixels.Span.ToArray());
        Assert.Equal([0f, 0, 90, 90, 240, 240], PictureFolder.Load(_folder.Path, 6).Images.Pixels.Rows(0, 1).Span[..6].ToArray());
    }

    [Fact]
    public void The_mean_of_a_picture_survives_when_nothing_is_cropped()
    {
        var random = new Random(4);
        var bytes = new byte[12 * 20];
        random.NextBytes(bytes);
        Save("a.png", Tensor<byte>.Of(bytes, 12, 20, 1));
        foreach (Size2D size in new Size2D[] { (3, 5), (9, 15), (24, 40) })
            Assert.InRange(PictureFolder.Load(_folder.Path, size).Images.Pixels.Span.ToArray().Average() - bytes.Average(b => (double)b), -0.5, 0.5);
    }
}
