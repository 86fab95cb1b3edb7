using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("autodiffae").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private static (int Code, string Output, string Error) Run(params string[] args) => Run(default, args);

    private static (int Code, string Output, string Error) Run(CancellationToken cancellation, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Program.Run(args, output, error, cancellation), output.ToString(), error.ToString());
    }

    private string[] Small(string data = "blobs") =>
        ["train", data, "--images", "60", "--epochs", "2", "--filters", "2", "--code", "4", "--batch", "16", "--threads", "1", "--out", At("run")];

    private static void Refused((int Code, string Output, string Error) run, params string[] said)
    {
        Assert.Equal(2, run.Code);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("autodiffae: ", run.Error);
        Assert.All(said, text => Assert.Contains(text, run.Error));
    }

    [Fact]
    public void A_training_leaves_its_folder_and_the_other_verbs_use_it()
    {
        var trained = Run(Small());
        Assert.Equal("", trained.Error);
        Assert.Equal(0, trained.Code);
        Assert.Equal(["checkpoint.npz", "history.csv", "loss.svg", "model.npz", "reconstructions.png", "report.html", "run.json"], Directory.GetFiles(At("run")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(2, History.Read(At("run/history.csv")).Epochs.Length);
        Assert.All(["model.npz", "reconstructions.png", "loss.svg", "history.csv", "report.html", "mean image", "deconv"], text => Assert.Contains(text, trained.Output));

        var model = At("run/model.npz");
        Assert.Equal(0, Run("reconstruct", model, "blobs", "--images", "5", "--out", At("pairs.png")).Code);
        Assert.Equal(0, Run("encode", model, "blobs", "--images", "7", "--out", At("codes.npz")).Code);
        Assert.Equal("(7, 4)", Npz.Open(At("codes.npz"))["code"].As<float>().Shape.ToString());
        Assert.Equal("(7)", Npz.Open(At("codes.npz"))["label"].As<int>().Shape.ToString());
        Assert.Equal(0, Run("decode", model, At("codes.npz"), "--out", At("decoded.png")).Code);
        Assert.All(["pairs.png", "decoded.png"], name => Assert.Equal(0x89, File.ReadAllBytes(At(name))[0]));

        Refused(Run(Small()), "--out", "nothing is overwritten");
    }

    [Fact]
    public void An_interruption_keeps_a_model_and_names_it()
    {
        var run = Run(new CancellationToken(canceled: true), Small());
        Assert.Equal(130, run.Code);
        Assert.Contains($"kept in {At("run/model.npz")}", run.Error);
        Assert.True(File.Exists(At("run/model.npz")));
    }

    [Fact]
    public void A_loss_that_diverges_is_told_in_one_line()
    {
        var run = Run([.. Small(), "--rate", "1e20"]);
        Assert.Equal(1, run.Code);
        Assert.Contains("smaller --rate", Assert.Single(run.Error.TrimEnd().Split('\n')));
    }

    [Fact]
    public void And_traced_where_that_is_asked_for()
    {
        string[] asked = [.. Small(), "--rate", "1e6"];
        var plain = Run(asked);
        Directory.Delete(At("run"), recursive: true);
        var traced = Run([.. asked, "--trace-nonfinite"]);
        Assert.Equal((1, 1), (plain.Code, traced.Code));
        Assert.Equal(plain.Output, traced.Output);
        var lines = traced.Error.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(plain.Error.TrimEnd(), lines[0]);
        Assert.Matches("^epoch 1, batch [0-9]+, run again with the parameters before it:$", lines[1]);
        Assert.StartsWith("the first number that is not finite is inf, made by ", lines[2]);
        Assert.Contains(lines, l => l.Trim().All(c => c == '^'));
        Assert.InRange(lines.Length, 5, 16);
    }

    [Theory]
    [InlineData("--epochs", "0")]
    [InlineData("--epochs", "-3")]
    [InlineData("--epochs", "many")]
    [InlineData("--batch", "0")]
    [InlineData("--code", "0")]
    [InlineData("--filters", "-1")]
    [InlineData("--filter-size", "0")]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "NaN")]
    [InlineData("--rate", "-0.1")]
    [InlineData("--momentum", "1")]
    [InlineData("--threads", "0")]
    [InlineData("--images", "1")]
    [InlineData("--validation", "0")]
    [InlineData("--seed", "-1")]
    public void Options_that_cannot_be_are_refused(string option, string value) => Refused(Run("train", "blobs", option, value), option, value, "needed");

    [Fact]
    public void Misuse_is_told_in_one_line_and_code_2()
    {
        Refused(Run());
        Refused(Run("fly"), "fly");
        Refused(Run("train"));
        Refused(Run("train", "blobs", "--wings", "2"), "--wings");
        Refused(Run("train", "bolbs"), "bolbs", "give blobs, mnist");
        Refused(Run("train", "mnist"), "--data DIR is needed");
        Refused(Run("train", "mnist", "--data", At("nowhere")), "nowhere");
        Refused(Run("train", "blobs", "--images", "10", "--validation", "10"), "10 of 10 cannot validate");
        Refused(Run("train", "blobs", "--images", "10", "--filter-size", "28", "--out", At("misfit")), "layer conv", "(1, 28, 28) came in", "at most 27");
        Refused(Run("train", "blobs", "--images", "10", "--variant", "winners", "--filter-size", "6", "--out", At("misfit")), "layer conv", "filters of odd lengths would fit, not 6x6");
        Assert.False(Directory.Exists(At("misfit")));
        Refused(Run("train", "blobs", "--images", "10", "--variant", "chopped"), "--variant chopped", "there are plain, tied");
        Refused(Run("train", "blobs", "--images", "10", "--filters", "2000000000"));
        Refused(Run("reconstruct", At("no.npz"), "blobs", "--out", At("x.png")), "no.npz: there is no such file");
    }

    [Fact]
    public void Files_that_are_no_images_are_refused()
    {
        File.WriteAllText(At("images.idx"), "hello");
        Refused(Run(Small(At("images.idx"))), "images.idx", "00 00");
        Npy.Write(At("vector.npy"), Tensor<float>.Full(1, 5));
        Refused(Run(Small(At("vector.npy"))), "vector.npy", "(5)", "(n, height, width)");
        Assert.False(Directory.Exists(At("run")));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_training()
    {
        File.WriteAllText(At("run"), "a file, not a folder");
        Refused(Run(Small()), "--out", "cannot be written");
    }

    [Fact]
    public void Images_of_a_file_are_trained_on()
    {
        Npy.Write(At("mine.npy"), Blobs.Generate(30, new BlobOptions(Height: 12, Width: 16, Most: 1, SmallestRadius: 2, LargestRadius: 3), 1).Pixels.Reshape(30, 12, 16));
        var run = Run([.. Small(At("mine.npy")), "--filter-size", "5"]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Code);
        Assert.Contains("24 images of 12x16 train, 6 validate", run.Output);
    }

    [Fact]
    public void Images_in_bytes_train_as_the_same_numbers_do()
    {
        var bytes = Blobs.Generate(30, new BlobOptions(), 1).Pixels.Cast<byte>().Reshape(30, 28, 28);
        string Rows(string name) => string.Concat(History.Read(At($"{name}/history.csv")).Epochs.Select(e => $"{e.TrainError:R} {e.ValidationError:R};"));
        Npy.Write(At("bytes.npy"), bytes);
        Npy.Write(At("numbers.npy"), bytes.Cast<float>());
        Assert.All(["bytes", "numbers"], name => Assert.Equal(0, Run([.. Small(At($"{name}.npy"))[..^1], At(name)]).Code));
        Assert.Equal(Rows("numbers"), Rows("bytes"));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("reconstruct")]
    [InlineData("encode")]
    [InlineData("decode")]
    public void Help_describes_every_option(string verb)
    {
        var run = Run(verb, "--help");
        Assert.Equal(0, run.Code);
        Assert.Contains("--threads <N>", run.Output);
        Assert.Contains("--out", run.Output);
    }
}
