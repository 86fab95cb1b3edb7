using AutoDiffAE.Exchange;
using AutoDiffAE.Layers;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using AutoDiffAE.Tests.Layers;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Exchange;

/// <summary>Every layer as others would run it.</summary>
public sealed class OnnxLayerTests : IDisposable
{
    /// <summary>What an inverse layer needs of a pooling is its gradient, which ONNX has not.</summary>
    private static readonly string[] Refused = ["Inverse, of what is not"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases => [.. LayerCases.All.Select(c => c.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_computes_what_the_layer_does(string name) => Case.ForAll(d => // On several threads: each sample has a file of its own.
    {
        var sample = LayerCases.All.Single(c => c.Name == name).Build(d);
        var (network, store, path) = (sample.Network(), new Store<float>(), _folder.At($"{Guid.NewGuid()}.onnx"));
        network.Initialize(store, new Key(5));
        foreach (var p in network.Parameters.Where(p => p.IsLearned)) store[p.Variable] = d.Values([.. store[p.Variable].Sizes], d.Signed).Cast<float>();
        if (Refused.Contains(name))
        {
            Assert.Contains("ONNX has no operation", Assert.Throws<NotSupportedException>(() => Onnx.Write(path, network, store)).Message);
            return;
        }
        Onnx.Write(path, network, store);
        var model = OnnxModel.Read(path);
        foreach (var batch in new[] { 1, 3 })
        {
            Tensor<float>[] inputs = [.. sample.Inputs.Select(sizes => (sample.Indices > 0 ? d.Values([batch, .. sizes], () => d.Int(0, sample.Indices - 1)) : d.Distinct([batch, .. sizes])).Cast<float>())];
            var expected = Compiler.Compile(new Computation(network.Inputs, network.Outputs), store).Invoke(inputs)[0];
            OnnxTests.Near(expected, model.Run([.. inputs.Select(OnnxTests.Array)])[0], name);
        }
    }, 6);

    [Fact]
    public void Outputs_are_named_after_their_layers()
    {
        var x = new AutoDiffAE.Layers.Input(4).On("x");
        var (mean, deviation) = (new Dense(2).On("mean", x), new Dense(2).On("deviation", x));
        var (network, store) = (Network.Of([x], [mean, deviation]), new Store<float>());
        network.Initialize(store, new Key(1));
        Onnx.Write(_folder.At("two.onnx"), network, store);
        Assert.Equal(["mean", "deviation"], OnnxModel.Read(_folder.At("two.onnx")).Outputs.Select(o => o.Name));
    }
}
