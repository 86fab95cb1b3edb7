using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>A theory that runs on a kind of device: skipped, with the reason, where there is none, or where the shared data that it needs are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeviceTheoryAttribute : TheoryAttribute
{
    public DeviceTheoryAttribute(string kind, bool shared = false) => Skip = (Accelerators.Missing(kind) ?? (shared ? Shared.WhySkip : null))!;
}
