using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed partial class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (Program.Run(args, output, error), output.ToString(), error.ToString().ReplaceLineEndings("\n"));
    }

    private string Trained(string name, params string[] arguments)
    {
        var run = _folder.At(name);
        var (code, _, error) = Run(["train", .. arguments, "--out", run]);
        Assert.Equal((0, ""), (code, error));
        return run;
    }

    private static string Page(string run) => File.ReadAllText(Path.Combine(run, "report.html"));

    private static IEnumerable<XElement> Elements(string page, string name) => XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Descendants().Where(e => e.Name.LocalName == name);

    private string Colours()
    {
        var random = new Random(1);
        var path = _folder.At("colours.npy");
        Npy.Write(path, Tensor<byte>.Of(Enumerable.Range(0, 24 * 3 * 12 * 10).Select(_ => (byte)random.Next(256)), 24, 3, 12, 10));
        return path;
    }

    [Fact]
    public void The_page_of_blobs_has_all_its_parts_and_needs_nothing_beside_itself()
    {
        var page = Page(Trained("run", "blobs", "--images", "60", "--epochs", "3", "--batch", "16", "--filters", "3", "--code", "6"));
        Assert.Equal(["Errors", "Reconstructions", "The best and the worst", "Filters", "What each number of the code paints", "The code in two dimensions", "From one image to another", "The network", "Its gradients", "To make it again"],
            Elements(page, "h2").Select(h => ((XText)h.FirstNode!).Value.Trim()));
        Assert.All(Elements(page, "img"), img => Assert.StartsWith("data:image/", (string)img.Attribute("src")!, StringComparison.Ordinal));
        Assert.All(Elements(page, "img"), img => Assert.NotEmpty((string)img.Attribute("alt")!));
        Assert.DoesNotMatch(@"(?<!xmlns="")https?://", page);
        Assert.Empty(Elements(page, "script"));
        Assert.Equal(3, Elements(page, "td").Count(td => (string?)td.Attribute("class") == "seconds"));
        var map = Elements(page, "svg").First();
        Assert.Equal(12, map.Elements().Count());
        var box = ((string)map.Attribute("viewBox")!).Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(map.Elements(), mark => Assert.InRange((double)mark.Attribute("x")!, 0, box[2]));
        Assert.All(map.Elements(), mark => Assert.InRange((double)mark.Attribute("y")!, 0, box[3]));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("variational")]
    [InlineData("tied")]
    public void The_verb_writes_what_train_wrote(string variant)
    {
        var run = Trained("run", Colours(), "--epochs", "2", "--batch", "8", "--filters", "2", "--filter-size", "3", "--code", "3", "--variant", variant, "--threads", "1");
        var wrote = Page(run);
        var (code, output, error) = Run("report", run, "--out", _folder.At("again.html"), "--threads", "1");
        Assert.Equal((0, "", _folder.At("again.html") + "\n"), (code, error, output.ReplaceLineEndings("\n")));
        Assert.Equal(wrote, File.ReadAllText(_folder.At("again.html")));
        File.Delete(Path.Combine(run, "report.html"));
        Assert.Equal(0, Run("report", run, "--threads", "1").Code);
        Assert.Equal(wrote, Page(run));
    }

    [Theory]
    [InlineData("--epochs", "1")]
    [InlineData("--epochs", "3", "--optimizer", "adamw", "--rate", "0.002", "--schedule", "cosine", "--warmup", "2", "--clip-norm", "1.5", "--weight-decay", "0.003", "--average", "0.9", "--patience", "2", "--no-flips", "--seed", "9")]
    [InlineData("--epochs", "2", "--momentum", "0.5", "--images", "20", "--validation", "5", "--variant", "sparse=0.125", "--batch", "7")]
    public void Its_command_makes_the_same_model(params string[] options)
    {
        var run = Trained("run", [Colours(), "--filters", "2", "--filter-size", "3", "--code", "3", .. options]);
        var command = System.Net.WebUtility.HtmlDecode(Command().Match(Page(run)).Groups[1].Value).Split(' ');
        Assert.Equal(("autodiffae", "train"), (command[0], command[1]));
        var again = Trained("again", command[2..]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(run, "model.npz")), File.ReadAllBytes(Path.Combine(again, "model.npz")));
        Assert.Equal(File.ReadAllText(Path.Combine(run, "run.json")), File.ReadAllText(Path.Combine(again, "run.json")));
    }

    /// <summary>Of more epochs than it began with too, and of data by a path that holds in one folder only.</summary>
    [Fact]
    public void The_command_is_that_of_the_whole_training()
    {
        var data = Path.GetRelativePath(Environment.CurrentDirectory, Colours());
        var run = Trained("run", data, "--epochs", "1", "--filters", "2", "--filter-size", "3", "--code", "3", "--threads", "1");
        Assert.Contains($"<pre>autodiffae train {Path.GetFullPath(data)} --epochs 1 ", Page(run), StringComparison.Ordinal);
        Assert.Equal(0, Run("train", "--resume", run, "--epochs", "3").Code);
        var wrote = Page(run);
        Assert.Contains($"<pre>autodiffae train {Path.GetFullPath(data)} --epochs 3 ", wrote, StringComparison.Ordinal);
        Assert.Equal(0, Run("report", run, "--threads", "1").Code);
        Assert.Equal(wrote, Page(run));
    }

    [Fact]
    public void What_has_no_report_is_named()
    {
        Assert.Equal((2, $"autodiffae: report nowhere: there is no {Path.Combine("nowhere", "run.json")}: name the folder that `train` made\n"), Refused("report", "nowhere"));
        var data = Colours();
        var run = Trained("run", data, "--epochs", "1", "--filters", "2", "--filter-size", "3", "--code", "3");
        File.Delete(data);
        Assert.Contains($"{data}: there is no data set, file or folder of this name", Refused("report", run).Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(run, "model.npz"));
        Assert.Contains("the run has not ended its first epoch", Refused("report", run).Error, StringComparison.Ordinal);
    }

    private static (int Code, string Error) Refused(params string[] args) => Run(args) is var (code, _, error) ? (code, error) : default;

    [GeneratedRegex("<pre>(autodiffae [^<]*)</pre>")]
    private static partial Regex Command();
}
