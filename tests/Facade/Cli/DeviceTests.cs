using AutoDiffAE.Cli;
using AutoDiffAE.Gpu;
using AutoDiffAE.Tests.Gpu;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

/// <summary>What the program says of devices, and what it runs on.</summary>
public sealed class DeviceTests
{
    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = Program.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public void The_processor_is_listed_and_why_there_is_nothing_else()
    {
        var (code, output, _) = Run("devices");
        Assert.Equal(0, code);
        Assert.StartsWith("cpu: ", output, StringComparison.Ordinal);
        Assert.Contains(Devices.Unavailable ?? "ilgpu-cpu: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abacus")]
    [InlineData("cuda:99")]
    [InlineData("opencl:x")]
    public void A_device_that_is_not_there_is_refused_in_a_line(string device)
    {
        var (code, _, error) = Run("eval", "1 + 1", "--device", device);
        Assert.Equal(2, code);
        Assert.StartsWith($"autodiffae: --device {device}: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [IlgpuFact]
    public void An_expression_is_evaluated_on_a_device() => Assert.Contains("2.8920827402274507", Run("eval", "tanh(2) * 3", "--device", "ilgpu-cpu").Output, StringComparison.Ordinal);

    [Fact]
    public void Auto_takes_the_processor_where_nothing_is_faster()
    {
        var (code, output, error) = Run("bench", "step", "--device", "auto", "--batch", "2", "--filters", "2", "--code", "3", "--seconds", "0.01");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("--device auto: the processor", output, StringComparison.Ordinal);
    }

    [IlgpuFact]
    public void The_text_of_kernels_is_written()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var (code, output, _) = Run("devices", "--emit-ptx", folder, "tanh(x @ w)", "--shape", "x=(n,3)", "--shape", "w=(3,2)");
        Assert.Equal(0, code);
        var files = output.TrimEnd().Split(Environment.NewLine);
        Assert.All(files, f => Assert.Contains(".target sm_80", File.ReadAllText(f), StringComparison.Ordinal));
        Assert.Equal(2, Run("devices", "--emit-ptx", folder).Code);
        Assert.Equal(2, Run("devices", "x + 1").Code);
        Directory.Delete(folder, true);
    }
}
