using System.Text.Json;
using AutoDiffAE.Cli;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class ProfileTests
{
    private static readonly string[] Small =
        ["--threads", "1", "--batch", "2", "--size", "12", "--filters", "2", "--filter-size", "3", "--code", "3", "--runs", "2"];

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Program.Run(args, output, error), output.ToString(), error.ToString());
    }

    private static JsonElement Json(params string[] args) => JsonDocument.Parse(Run([.. args, "--json"]).Output.TrimEnd().Split('\n')[^1]).RootElement;

    [Fact]
    public void Json_has_each_step_and_the_shares_add_up()
    {
        var report = Json(["profile", "step", .. Small]);
        var steps = report.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, steps.Count), steps.Select(s => s.GetProperty("step").GetInt32()).Order());
        Assert.Equal(1, steps.Sum(s => s.GetProperty("share").GetDouble()), 1e-9);
        Assert.Equal(steps.Select(s => s.GetProperty("share").GetDouble()).OrderDescending(), steps.Select(s => s.GetProperty("share").GetDouble()));
        Assert.Equal(report.GetProperty("flop").GetDouble(), steps.Sum(s => s.GetProperty("flop").GetDouble()), 1e-3);
        Assert.True(report.GetProperty("arena_bytes").GetInt64() > 0);
        Assert.Equal(("step", 2, 1, 2), (report.GetProperty("network").GetString(), report.GetProperty("batch").GetInt32(),
            report.GetProperty("threads").GetInt32(), report.GetProperty("runs").GetInt32()));
    }

    [Fact]
    public void Steps_come_in_the_plans_order_when_asked()
    {
        var steps = Json(["profile", .. Small, "--plan-order"]).GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("step").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(0, steps.Count), steps);
    }

    [Fact]
    public void The_table_has_headings_rows_and_totals()
    {
        var (code, output, error) = Run(["profile", .. Small]);
        Assert.Equal((0, ""), (code, error));
        Assert.All(["peak bytes known before the run: ", "GFLOP/s", "of limit", "convolution kernel", "in all", "100.0%"], text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_table_is_drawn_on_a_terminal_and_text_elsewhere(bool interactive)
    {
        var output = new StringWriter();
        new Table(["name", " n"], [["a[b]", "1"]], ["all", "21"]).Write(new Context(output, TextWriter.Null, interactive, false, default));
        Assert.Equal(interactive, output.ToString().Contains('─', StringComparison.Ordinal));
        Assert.All(["name", "a[b]", "all", "21"], text => Assert.Contains(text, output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_terminal_that_is_too_narrow_gets_text()
    {
        var output = new StringWriter();
        Assert.Equal(0, Program.Run(["profile", .. Small], output, new StringWriter(), interactive: true));
        Assert.Contains("in all", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_network_is_profiled_too()
    {
        var report = Json("profile", "second", "--threads", "1", "--batch", "2", "--runs", "1");
        Assert.Equal("second", report.GetProperty("network").GetString());
        Assert.Contains(report.GetProperty("steps").EnumerateArray(), s => s.GetProperty("expression").GetString()!.StartsWith("encode1_norm", StringComparison.Ordinal));
    }

    [Fact]
    public void The_plan_can_be_printed_before() =>
        Assert.Contains(" slots, ", Run(["profile", .. Small, "--dump-plan"]).Output.Split('\n')[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("--runs", "0")]
    [InlineData("--runs", "-1")]
    [InlineData("--threads", "0")]
    [InlineData("--batch", "none")]
    [InlineData("--wings", "2")]
    [InlineData("--size", "7")]
    public void Options_that_cannot_be_are_refused(string option, string value)
    {
        var (code, _, error) = Run("profile", "step", option, value);
        Assert.Equal(2, code);
        Assert.StartsWith("autodiffae: ", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_stand_to_the_left_and_numbers_to_the_right() => Assert.Equal(
        ["name     n", "a        1", "longer  20", "all     21"],
        new Table(["name", " n"], [["a", "1"], ["longer", "20"]], ["all", "21"]).Lines());
}
