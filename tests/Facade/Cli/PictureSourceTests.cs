using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class PictureSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Program.Run(args, output, error), output.ToString(), error.ToString());
    }

    private string[] Train(string data, params string[] more) =>
        ["train", data, "--epochs", "1", "--filters", "2", "--filter-size", "5", "--code", "4", "--batch", "8", "--threads", "1", "--out", _folder.At("run"), .. more];

    /// <summary>Blobs as pictures, by their number in subfolders.</summary>
    private string Pictures(int side)
    {
        var images = Blobs.Generate(24, new BlobOptions(side, side, Most: 2, LargestRadius: 4), 1);
        for (var i = 0; i < images.Count; i++)
        {
            var folder = Directory.CreateDirectory(_folder.At($"blobs/{images.Labels!.Span[i]}")).FullName;
            Png.Write(Path.Combine(folder, $"{i:00}.png"), Tensor<byte>.Of(images.Pixels.Rows(i, i + 1).Span.ToArray().Select(v => (byte)v), side, side, 1));
        }
        return _folder.At("blobs");
    }

    [Fact]
    public void A_folder_of_pictures_trains_and_encodes_with_its_subfolders_as_labels()
    {
        var folder = Pictures(16);
        var trained = Run(Train(folder));
        Assert.Equal("", trained.Error);
        Assert.Contains("20 images of 16x16 train, 4 validate", trained.Output);
        Assert.Equal(0, Run("encode", _folder.At("run/model.npz"), folder, "--out", _folder.At("codes.npz")).Code);
        var codes = Npz.Open(_folder.At("codes.npz"));
        Assert.Equal("(24, 4)", codes["code"].As<float>().Shape.ToString());
        Assert.Equal([0, 1, 2], codes["label"].As<int>().Span.ToArray().Distinct().Order());
    }

    [Fact]
    public void A_size_is_kept_with_the_run_and_its_pictures_fit_the_model()
    {
        var folder = Pictures(20);
        var trained = Run(Train(folder, "--size", "16x16"));
        Assert.Equal("", trained.Error);
        Assert.Contains("images of 16x16 train", trained.Output);
        Assert.Equal(0, Run("train", "--resume", _folder.At("run"), "--epochs", "2").Code);
        Assert.Equal(0, Run("reconstruct", _folder.At("run/model.npz"), folder, "--size", "16", "--out", _folder.At("a.png")).Code);
        Assert.Contains("(n, 1, 16, 16)", Run("reconstruct", _folder.At("run/model.npz"), folder, "--out", _folder.At("b.png")).Error);
    }

    [Fact]
    public void A_large_file_stays_where_it_is_and_gives_the_same_images()
    {
        var path = _folder.Holding("images", [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, 30).Select(i => (byte)i)]);
        var (small, large) = (ImageSource.FromFile(path), ImageSource.FromFile(path, large: 10));
        Assert.Equal("(5, 1, 2, 3)", large.Examples.Shape.ToString());
        Assert.Equal(small.Pixels.Span.ToArray(), large.Pixels.Span.ToArray());
        // What is changed in the file shows in images that are read then, and not in those that were loaded.
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 16;
            file.WriteByte(200);
        }
        Assert.Equal((0f, 200f), (small.Rows(0, 1).Examples.ToTensor().Span[0], large.Rows(0, 1).Examples.ToTensor().Span[0]));
    }

    [Fact]
    public void A_size_that_is_none_or_for_no_folder_is_refused()
    {
        foreach (var size in new[] { "0x3", "3x", "axb", "3x3x3", "-1", "" })
            Assert.Contains($"--size {size}: HxW is needed, as in 28x28, or one number for both", Run(Train(Pictures(16), "--size", size)).Error);
        Assert.Equal("autodiffae: --size 16x16: only the pictures of a folder can be cropped and resized, blobs is none\n", Run(Train("blobs", "--size", "16x16")).Error);
    }

    [Fact]
    public void Fashion_mnist_is_a_name_wherever_mnist_is()
    {
        void Idx(string name, params byte[] bytes) => File.WriteAllBytes(_folder.At(name), bytes);
        foreach (var part in new[] { "train", "t10k" })
        {
            Idx($"{part}-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 16, 0, 0, 0, 16, .. Enumerable.Range(0, 2560).Select(i => (byte)(i * i))]);
            Idx($"{part}-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        }
        var trained = Run(Train("fashion-mnist", "--data", _folder.Path));
        Assert.Equal("", trained.Error);
        Assert.Contains("fashion-mnist: 8 images of 16x16 train, 2 validate", trained.Output);
        Assert.Equal(0, Run("encode", _folder.At("run/model.npz"), "fashion-mnist", "--data", _folder.Path, "--out", _folder.At("codes.npz")).Code);
        Assert.Equal("autodiffae: fashion-mnist: --data DIR is needed, the folder with its four IDX files, which `autodiffae fetch fashion-mnist --data DIR` gets\n",
            Run("encode", _folder.At("run/model.npz"), "fashion-mnist", "--out", _folder.At("b.npz")).Error);
    }
}
