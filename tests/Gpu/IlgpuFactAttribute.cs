using AutoDiffAE.Gpu;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>A test that needs ILGPU: skipped, with the reason, where this build could not restore it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IlgpuFactAttribute : FactAttribute
{
    public IlgpuFactAttribute() => Skip = Devices.Unavailable!;
}
