using AutoDiffAE.Autoencoders;
using AutoDiffAE.Cli;
using AutoDiffAE.Tests.Facade.Data;
using AutoDiffAE.Tests.Facade.Exchange;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExportTests()
    {
        var small = OnnxTests.Small();
        Directory.CreateDirectory(_folder.At("run"));
        TrainedAutoencoder.Save(_folder.At("run/model.npz"), small.Options, Snapshot.Of(1, 0, small.Network.Parameters, small.Store), small.Standardization);
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Output, string Error) Export(string model, string format, string file)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = Program.Run(["export", _folder.At(model), "--format", format, "--out", _folder.At(file)], output, error);
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public void A_run_becomes_an_onnx_model_that_gives_what_the_run_does()
    {
        var run = Export("run", "onnx", "m.onnx");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal($"{_folder.At("m.onnx")}: {new FileInfo(_folder.At("m.onnx")).Length} bytes", run.Output.TrimEnd());
        Assert.Equal(["code", "reconstruction"], OnnxModel.Read(_folder.At("m.onnx")).Outputs.Select(o => o.Name));
    }

    [Fact]
    public void Through_safetensors_and_back_a_model_stays_the_same()
    {
        Assert.Equal(0, Export("run/model.npz", "safetensors", "m.safetensors").Code);
        Assert.Equal(0, Export("m.safetensors", "npz", "back.npz").Code);
        var (before, there, back) = (TrainedAutoencoder.Load(_folder.At("run/model.npz")), TrainedAutoencoder.Load(_folder.At("m.safetensors")), TrainedAutoencoder.Load(_folder.At("back.npz")));
        foreach (var other in new[] { there, back })
        {
            Assert.Equal((before.Options, before.Standardization), (other.Options, other.Standardization));
            Assert.All(before.Network.Parameters.Zip(other.Network.Parameters), p => Assert.Equal(before.Store[p.First.Variable].Span.ToArray(), other.Store[p.Second.Variable].Span.ToArray()));
        }
    }

    [Fact]
    public void What_cannot_be_exported_is_refused_in_one_line()
    {
        Assert.Equal((2, "", "autodiffae: --format h5: there is no such format, there is onnx, safetensors and npz\n"), Export("run", "h5", "m.h5"));
        Assert.Equal((2, "", $"autodiffae: {_folder.At("missing")}: there is no such file\n"), Export("missing", "onnx", "m.onnx"));
        Directory.CreateDirectory(_folder.At("empty"));
        Assert.Equal((2, "", $"autodiffae: {_folder.At("empty/model.npz")}: there is no such file\n"), Export("empty", "onnx", "m.onnx"));
        Assert.False(File.Exists(_folder.At("m.onnx")));
    }
}
