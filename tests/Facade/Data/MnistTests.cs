using AutoDiffAE.Data;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Part(string images, string labels, byte count)
    {
        _folder.Holding(images, [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 2, .. Enumerable.Range(0, 2 * count).Select(i => (byte)(i * 10))]);
        _folder.Holding(labels, [0, 0, 8, 1, 0, 0, 0, count, .. Enumerable.Range(0, count).Select(i => (byte)(i + 5))]);
    }

    [Theory]
    [InlineData("-", "")]
    [InlineData(".", "")]
    [InlineData("-", ".gz")]
    [InlineData(".", ".gz")]
    public void Finds_the_files_by_any_of_their_names(string dot, string end)
    {
        Part($"train-images{dot}idx3-ubyte{end}", $"train-labels{dot}idx1-ubyte{end}", 3);
        Part($"t10k-images{dot}idx3-ubyte{end}", $"t10k-labels{dot}idx1-ubyte{end}", 2);
        var mnist = Mnist.Load(_folder.Path);
        Assert.Equal([3, 1, 1, 2], mnist.TrainImages.Sizes.ToArray());
        Assert.Equal([0f, 10, 20, 30], mnist.Train(2).Pixels.Span.ToArray());
        Assert.Equal([5, 6], mnist.Train(2).Labels!.Span.ToArray());
        Assert.Equal(3, mnist.Train().Count);
        Assert.Equal([2, 1, 1, 2], mnist.Test(10).Pixels.Sizes.ToArray());
    }

    [Fact]
    public void Names_what_is_missing()
    {
        Assert.Equal($"{_folder.At("no")}: there is no such folder, the one with MNIST's four files was expected",
            Assert.Throws<DataException>(() => Mnist.Load(_folder.At("no"))).Message);
        Part("train-images-idx3-ubyte", "train-labels-idx1-ubyte", 3);
        Part("t10k-images-idx3-ubyte", "something-else", 2);
        Assert.Equal($"{_folder.Path}: the file t10k-labels-idx1-ubyte (or t10k-labels-idx1-ubyte.gz) is missing",
            Assert.Throws<DataException>(() => Mnist.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Images_and_labels_have_to_match()
    {
        Part("train-images-idx3-ubyte", "other", 3);
        Part("other", "train-labels-idx1-ubyte", 2);
        Assert.Equal($"{_folder.At("train-labels-idx1-ubyte")}: 2 labels found for 3 images", Assert.Throws<DataException>(() => Mnist.Load(_folder.Path)).Message);
        File.Copy(_folder.At("train-labels-idx1-ubyte"), _folder.At("train-images-idx3-ubyte"), overwrite: true);
        Assert.StartsWith($"{_folder.At("train-images-idx3-ubyte")}: an array of shape ", Assert.Throws<DataException>(() => Mnist.Load(_folder.Path)).Message);
    }

    [SharedFact]
    public void The_real_files_split_as_the_recipe_says()
    {
        var mnist = Mnist.Load(Shared.At("data", "mnist"));
        Assert.Equal([60000, 1, 28, 28], mnist.TrainImages.Sizes.ToArray());
        Assert.Equal([10000, 1, 28, 28], mnist.TestImages.Sizes.ToArray());
        Assert.Equal([5, 0, 4, 1, 9], mnist.TrainLabels.Span[..5].ToArray().Select(b => (int)b));

        var split = Split.Of(mnist);
        Assert.Equal((40000, 10000), (split.Train.Count, split.Validation.Count));
        Assert.Equal(mnist.Train(1).Pixels.Span.ToArray(), split.Validation.Pixels.Rows(0, 1).Span.ToArray());

        // By NumPy: x[10000:50000].mean(dtype='f8') and .std(dtype='f8')
        var standardization = Standardization.Of(split.Train.Pixels);
        Assert.Equal(33.38464448341837, standardization.Mean, 9);
        Assert.Equal(78.65320533556714, standardization.Deviation, 9);
    }
}
