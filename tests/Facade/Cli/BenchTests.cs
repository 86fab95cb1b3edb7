using System.Text.Json;
using AutoDiffAE.Cli;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class BenchTests
{
    private static readonly string[] Small = ["--threads", "1", "--batch", "2", "--size", "12", "--filters", "2", "--filter-size", "3", "--code", "3"];

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Program.Run(args, output, error), output.ToString(), error.ToString());
    }

    private static JsonElement Json(params string[] args)
    {
        var (code, output, error) = Run([.. args, "--json"]);
        Assert.Equal((0, ""), (code, error));
        return JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    private static void Refused(string[] args, params string[] said)
    {
        var (code, _, error) = Run(args);
        Assert.Equal(2, code);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.All(said, text => Assert.Contains(text, error, StringComparison.Ordinal));
    }

    private static readonly string[] Keys =
        ["images_per_s", "threads", "batch", "compile_ms", "first_step_ms", "allocated_bytes_per_step", "peak_rss_mib", "device", "kernels"];

    [Fact]
    public void A_step_reports_its_keys()
    {
        var report = Json(["bench", "step", .. Small, "--seconds", "0.01"]);
        Assert.Equal(["step_ms", .. Keys], report.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["median", "best", "n"], report.GetProperty("step_ms").EnumerateObject().Select(p => p.Name));
        Assert.Equal((2, 1), (report.GetProperty("batch").GetInt32(), report.GetProperty("threads").GetInt32()));
    }

    [Fact]
    public void The_second_network_reports_the_same_under_its_name()
    {
        var report = Json("bench", "second", "--threads", "1", "--batch", "2", "--seconds", "0.01");
        Assert.Equal(["second_ms", .. Keys], report.EnumerateObject().Select(p => p.Name));
    }

    /// <summary>3x3 convolutions 1-16-32-64-32-16-1, each but the last with scale and shift for each filter.</summary>
    [Fact]
    public void The_second_network_is_the_one_that_is_compared()
    {
        var network = SecondNetwork.Build();
        int[] filters = [1, 16, 32, 64, 32, 16, 1];
        var convolutions = filters.Zip(filters[1..], (i, o) => 9L * i * o + o).Sum();
        Assert.Equal(convolutions + filters[1..^1].Sum(f => 2 * f), network.Summary().Sum(l => l.Parameters));
        Assert.Equal("(n, 1, 64, 64)", network.OutputShape.ToString());
        Assert.Equal("(n, 64, 8, 8)", network.UpTo("pool3").OutputShape.ToString());
    }

    /// <summary>Adam lowers the loss, whose statistics are the batch's own.</summary>
    [Fact]
    public void The_second_network_learns()
    {
        var step = TrainingStep.Of(SecondNetwork.Build, MeasuredNetwork.Second().Optimizer, 2, new AutoDiffAE.Cpu.CpuBackend(1), 1);
        float Loss()
        {
            step.Run();
            return step.Outputs[0].Span[0];
        }
        var first = Loss();
        var last = Enumerable.Range(0, 20).Select(_ => Loss()).Last();
        Assert.True(last < 0.95 * first, $"{first} {last}");
    }

    [Fact]
    public void The_plan_can_be_printed_before()
    {
        var (code, output, _) = Run(["bench", "step", .. Small, "--seconds", "0.01", "--dump-plan"]);
        Assert.Equal(0, code);
        Assert.All([" slots, ", " steps", "convolution kernel: ", "input x", "variable conv/W", "next conv/W", "output 0 loss", "(2, 1, 12, 12)", "one training step"], text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_operation_that_is_compared_is_there()
    {
        string[] compared =
        [
            "matmul 256", "matmul 1024",
            .. new[] { "conv 32@7x7 on 128x1x28x28", "conv 1@7x7 on 128x32x34x34", "conv 64@3x3 pad 1 on 32x64x56x56", "maxpool 2 on 128x32x22x22", "dense 3872 to 40", "dense 40 to 9248" }
                .SelectMany(n => new[] { $"{n} forward", $"{n} backward" }),
            "tanh(a*b+c)*d 10M, out=", "tanh 10M, out=", "exp 10M, out=", "sum 10M", "copy 10M (the bandwidth limit)", "softmax 10000x1000",
            "sum over axis 0 of 1000x10000", "sum over axis 1 of 1000x10000",
        ];
        Assert.Empty(compared.Except(OpBench.All().Select(b => b.Name)));
    }

    [Fact]
    public void A_chain_is_as_long_as_it_says()
    {
        var bench = CompileBench.Measure("chain", () => CompileBench.Chain(100));
        Assert.True(bench is { Nodes: > 300, Steps: > 2, BuildMs: > 0, CompileMs: > 0 }, bench.ToString());
        Assert.Equal(["build_ms", "compile_ms", "nodes", "steps"], JsonSerializer.SerializeToElement(bench.Report()).EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void The_compiler_is_measured()
    {
        var report = Json("bench", "compile");
        Assert.Equal(["seed", "residual", "chain_1000", "chain_10000", "growth"], report.EnumerateObject().Select(p => p.Name));
        Assert.True(report.GetProperty("residual").GetProperty("nodes").GetInt32() > 2000);
        Assert.True(report.GetProperty("chain_10000").GetProperty("nodes").GetInt32() > 20_000);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Refused(["bench", "step", "--seconds", "0"], "--seconds");
        Refused(["bench", "step", "--size", "7"], "layer conv", "at most 6");
        Refused(["bench", "step", "--filters", "none"], "--filters none");
        Refused(["bench", "second", "--filters", "3"], "--filters");
        Refused(["bench", "third"], "third");
    }
}
