using AutoDiffAE.Cli;
using AutoDiffAE.Scalars;
using Xunit;
using Xunit.Abstractions;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>Every scalar function on a device is what it is on the processor, to a few units of the last place, over numbers of all sizes, infinities and NaN.</summary>
public sealed class DeviceAccuracyTest(ITestOutputHelper log)
{
    /// <summary>What is further off, how far, and why.</summary>
    private static readonly Dictionary<string, double> Wider = new()
    {
        // Differences of a sine and a cosine, or of such terms about the functions' zeros: an error of the last place of these is many of the difference.
        ["sinc_slope"] = 128,
        ["lgamma"] = 256,
        ["digamma"] = 1024,
    };

    public static TheoryData<string> Functions => [.. ScalarFunctions.All.Select(f => f.Name)];

    [DeviceTheory("CPU")]
    [MemberData(nameof(Functions))]
    public void On_the_simulated_device(string function) => Check("CPU", function);

    [DeviceTheory("OpenCL")]
    [MemberData(nameof(Functions))]
    public void On_OpenCL(string function) => Check("OpenCL", function);

    private void Check(string kind, string name)
    {
        var function = ScalarFunctions.All.Single(f => f.Name == name);
        Within(DeviceAccuracy.Of<float>(function, Accelerators.All[kind]));
        Within(DeviceAccuracy.Of<double>(function, Accelerators.All[kind]));
    }

    private void Within(DeviceAccuracy accuracy)
    {
        log.WriteLine($"{accuracy.Function}: {accuracy.Worst} at ({string.Join(", ", accuracy.At)}); {accuracy.Strangers.Count} strangers");
        Assert.True(accuracy.Strangers.Count == 0, $"{accuracy.Function} is another kind of number at ({string.Join("); (", accuracy.Strangers.Take(5).Select(a => string.Join(", ", a)))})");
        Assert.True(accuracy.Worst <= Wider.GetValueOrDefault(accuracy.Function, 4), $"{accuracy.Function} is {accuracy.Worst} units off at ({string.Join(", ", accuracy.At)})");
    }
}
