using AutoDiffAE.Gpu;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

public class DevicesTest
{
    /// <summary>ILGPU's assemblies stand beside the tests exactly where the build restored them.</summary>
    [Fact]
    public void AReasonIsGivenExactlyWhereThePackagesAreMissing()
    {
        bool IsHere(string assembly) => File.Exists(Path.Combine(AppContext.BaseDirectory, assembly));

        Assert.Equal(IsHere("ILGPU.dll"), Devices.Unavailable is null);
        Assert.Equal(IsHere("ILGPU.Algorithms.dll"), Devices.Unavailable is null);
    }

    [Fact]
    public void ThereAreDevicesOrAReasonInOneLine()
    {
        if (Devices.Unavailable is null)
        {
            Assert.NotEmpty(Devices.All);
            return;
        }
        Assert.Empty(Devices.All);
        Assert.Contains("ILGPU", Devices.Unavailable);
        Assert.Contains("Gpu/obj", Devices.Unavailable);
        Assert.DoesNotContain('\n', Devices.Unavailable);
    }

    [IlgpuFact]
    public void TheCpuAcceleratorIsListedFirst()
    {
        var cpu = Devices.All[0];

        Assert.Equal("CPU", cpu.Kind);
        Assert.NotEmpty(cpu.Name);
        Assert.InRange(cpu.MemoryBytes, 1, long.MaxValue - 1);
        Assert.True(cpu.Multiprocessors > 0);
        Assert.True(cpu.MaxGroupSize > 0);
    }

    [IlgpuFact]
    public void EveryDeviceHasAKindAndMemory() => Assert.All(Devices.All, device =>
    {
        Assert.Contains(device.Kind, new[] { "CPU", "OpenCL", "CUDA" });
        Assert.True(device.MemoryBytes > 0);
    });
}
