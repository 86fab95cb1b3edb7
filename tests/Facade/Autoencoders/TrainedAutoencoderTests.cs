using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Autoencoders;

public sealed class TrainedAutoencoderTests : IDisposable
{
    private static readonly ConvolutionalAutoencoder Options = new(8, 8, Filters: 2, FilterSize: 3, Code: 3);

    private readonly string _folder = Directory.CreateTempSubdirectory("autodiffae").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Saved(Func<IEnumerable<(string Name, StoredArray Array)>, IEnumerable<(string Name, StoredArray Array)>>? change = null)
    {
        var (network, store, path) = (Options.Build(), new Store<float>(), Path.Combine(_folder, "model.npz"));
        network.Initialize(store, new Key(1));
        TrainedAutoencoder.Save(path, Options, Snapshot.Of(1, 0.5, network.Parameters, store), new(33, 70));
        if (change is null) return path;
        var file = Npz.Open(path);
        Npz.Write(path, change(file.Names.Select(name => (name, file[name]))));
        return path;
    }

    private static string Refusal(string path) => Assert.Throws<DataException>(() => TrainedAutoencoder.Load(path)).Message;

    [Fact]
    public void What_is_saved_is_loaded()
    {
        var images = Tensor<float>.Build([130, 1, 8, 8], v => Philox.Uniform(new Key(2), v));
        var (first, second) = (TrainedAutoencoder.Load(Saved()), TrainedAutoencoder.Load(Path.Combine(_folder, "model.npz")));
        Assert.Equal(Options, first.Options);
        Assert.Equal(new Standardization(33, 70), first.Standardization);
        Assert.Equal(first.Reconstruct(images).Span.ToArray(), second.Decode(second.Encode(images)).Span.ToArray(), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.Equal("(130, 1, 8, 8)", first.Reconstruct(images).Shape.ToString());
    }

    [Fact]
    public void All_that_is_wrong_is_listed_at_once()
    {
        var message = Refusal(Saved(arrays =>
        [
            .. arrays.Where(a => a.Name is not ("conv/W" or "code/b")).Select(a => a.Name == "hidden/b" ? ("hidden/b", StoredArray.Of(Tensor<float>.Full(0, 3))) : a),
            ("extra/W", StoredArray.Of(Tensor<float>.Full(0, 2))),
        ]));
        Assert.Contains("conv/W (2, 1, 3, 3) is missing", message);
        Assert.Contains("code/b (3) is missing", message);
        Assert.Contains("hidden/b has the shape (3) where (50) is needed", message);
        Assert.Contains("extra/W is not part of the network", message);
    }

    [Theory]
    [InlineData("""{"Kind":"convolutional-autoencoder","Version":2,"Options":{"Height":8,"Width":8}}""", "format 2")]
    [InlineData("""{"Kind":"other","Version":1,"Options":{"Height":8,"Width":8}}""", "of the kind other")]
    [InlineData("""{"Kind":"convolutional-autoencoder","Version":1,"Options":{"Height":8,"Width":8,"Depth":8}}""", "cannot be used")]
    [InlineData("not json", "cannot be used")]
    public void Descriptions_that_cannot_be_used_are_refused(string description, string reason) => Assert.Contains(reason,
        Refusal(Saved(arrays => arrays.Select(a => a.Name == "network" ? ("network", StoredArray.OfText(description)) : a))));

    [Fact]
    public void Images_and_codes_of_another_size_are_refused()
    {
        var trained = TrainedAutoencoder.Load(Saved());
        Assert.Contains("takes (n, 1, 8, 8)", Assert.Throws<DataException>(() => trained.Encode(Tensor<float>.Full(0, 2, 1, 9, 8))).Message);
        Assert.Contains("decodes (n, 3)", Assert.Throws<DataException>(() => trained.Decode(Tensor<float>.Full(0, 2, 4))).Message);
    }
}
