using AutoDiffAE.Cli;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

/// <summary><c>count</c> and <c>sample</c>, small.</summary>
public sealed class CountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (Program.Run(args, output, error), output.ToString(), error.ToString());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("winners=5")]
    public void Errors_of_the_count_are_printed_for_each_number_of_labels(string variant)
    {
        var (code, output, error) = Run("count", "--images", "100", "--epochs", "1", "--labels", "10,20", "--test", "50", "--draws", "1", "--steps", "20", "--code", "4", "--variant", variant);
        Assert.Equal((0, ""), (code, error));
        var rows = output.TrimEnd().ReplaceLineEndings("\n").Split('\n')[^2..];
        Assert.All(rows, row => Assert.Matches(@"^ +[12]0 +\d\.\d{3} +\d\.\d{3} +\d\.\d{3} +\d\.\d{3}$", row));
    }

    [Theory]
    [InlineData("9", "at least 10")]
    [InlineData("many", "at least 10")]
    public void Too_few_labels_are_refused(string labels, string why)
    {
        var (code, _, error) = Run("count", "--labels", labels);
        Assert.Equal(2, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variational_model_draws_images_and_no_other_does()
    {
        string[] small = ["train", "blobs", "--images", "60", "--epochs", "1", "--filters", "2", "--code", "4", "--no-flips", "--out"];
        Assert.Equal(0, Run([.. small, Path.Combine(_folder, "v"), "--variant", "variational"]).Code);
        Assert.Equal(0, Run([.. small, Path.Combine(_folder, "p")]).Code);
        var picture = Path.Combine(_folder, "drawn.png");
        Assert.Equal(0, Run("sample", Path.Combine(_folder, "v", "model.npz"), "--images", "9", "--out", picture).Code);
        Assert.Equal(0x89, File.ReadAllBytes(picture)[0]);
        var (code, _, error) = Run("sample", Path.Combine(_folder, "p", "model.npz"), "--out", picture);
        Assert.Equal(2, code);
        Assert.Contains("variant plain", error, StringComparison.Ordinal);
    }
}
