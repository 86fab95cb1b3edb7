using System.Text.Json;
using System.Xml.Linq;
using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class ExplainPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = Program.Run(["explain", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string File(params (string Name, Tensor<double> Value)[] arrays)
    {
        var path = Path.Combine(_folder, "values.npz");
        Npz.Write(path, arrays.Select(a => (a.Name, StoredArray.Of(a.Value))));
        return path;
    }

    private static Dictionary<string, JsonElement> Nodes(string html) => JsonDocument.Parse(Page(html).Descendants().Single(e => (string?)e.Attribute("id") == "data").Value).RootElement
        .GetProperty("nodes").EnumerateArray().ToDictionary(n => n[0].GetString()!, n => n);

    private static XElement Page(string html) => XDocument.Parse(html).Root!;

    private static string[] Source(string html) => [.. Page(html).Descendants("section").Single(s => (string?)s.Attribute("class") == "source").Descendants("li").Select(l => l.Value)];

    [Fact]
    public void Values_of_a_file_are_shown_with_what_follows_from_them()
    {
        var file = File(("x", Tensor<double>.Of([1.0, 2.0, 3.0], 3)), ("unused", Tensor<double>.Scalar(7)));
        var (code, output, error) = Run("sum(x * x)", "--in", file, "--format", "html");
        Assert.Equal((0, ""), (code, error));
        var nodes = Nodes(output);
        Assert.Equal([1.0, 2.0, 3.0], nodes["x"][6][1].EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal([2.0, 4.0, 6.0], nodes["x"][7][1].EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(14, nodes["cost"][6][1][0].GetDouble());
        Assert.Equal([0, 1, 2], nodes["x"][8].EnumerateArray().Select(d => d[0].GetInt32()));
        Assert.All(nodes["x"][8].EnumerateArray(), d => Assert.Equal(0, d[4].GetInt32()));
        Assert.Equal(["x (3): given"], Source(output));
    }

    [Fact]
    public void Without_a_file_they_are_drawn_by_a_seed_and_named_sizes_are_small()
    {
        string[] args = ["sum(tanh(x @ w))", "--shape", "x=(n,3)", "--shape", "w=(3,4)", "--wrt", "w", "--format", "html"];
        var (first, again, other) = (Run(args).Output, Run(args).Output, Run([.. args, "--seed", "1"]).Output);
        Assert.Equal(first, again);
        Assert.NotEqual(Nodes(first)["w"][6].ToString(), Nodes(other)["w"][6].ToString());
        Assert.Equal(["x (n, 3) = (2, 3): random in (-1.5, 1.5)", "w (3, 4): random in (-1.5, 1.5)", "n = 2, chosen small", "seed 0"], Source(first));
        Assert.Equal(2, Nodes(first)["p1"][6][0][0].GetInt32());
    }

    [Theory]
    [InlineData("log(x)", "(0.2, 0.9)")]
    [InlineData("acosh(x)", "(1.1, 2)")]
    public void They_are_drawn_where_the_expression_is_finite(string text, string range) =>
        Assert.Contains($"x (12): random in {range}", Source(Run(text, "--shape", "x=(12)", "--format", "html").Output));

    [Theory]
    [InlineData("log(-exp(x))", "none are shown: at no values tried", "x=()")]
    [InlineData("sum(x)", "none are shown: the graph holds 3e8 numbers", "x=(30000,10000)")]
    public void Where_none_serve_the_page_says_why(string text, string said, string shape)
    {
        var (code, output, error) = Run(text, "--shape", shape, "--format", "html");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith(said, Assert.Single(Source(output)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused_in_a_line()
    {
        var file = File(("x", Tensor<double>.Of([1.0, 2.0, 3.0], 3)), ("i", Tensor<double>.Of([5.0], 1)));
        Refused("no array named w", "sum(x)", "--in", file, "--shape", "w=(3)");
        Refused("the array x has the shape (3)", "sum(x)", "--in", file, "--shape", "x=(4)");
        Refused("nowhere.npz", "sum(x)", "--in", Path.Combine(_folder, "nowhere.npz"));
        Refused("5", "sum(gather(x, 0, i))", "--in", file, "--wrt", "x");

        static void Refused(string said, params string[] args)
        {
            var (code, _, error) = Run([.. args, "--format", "html"]);
            Assert.Equal(2, code);
            Assert.Contains(said, error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }
}
