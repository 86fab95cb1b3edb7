using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>A theory that runs on a kind of device: skipped, with the reason, where there is none, or where the shared data that it needs are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeviceTheoryAttribute : TheoryAttribute
{
    /// <param name="kind">The kind of device.</param>
    /// <param name="shared">Whether it needs the shared data.</param>
    /// <param name="asked">Whether it takes so long that it runs only where AUTODIFFAE_DEVICE_CASES asks for it.</param>
    public DeviceTheoryAttribute(string kind, bool shared = false, bool asked = false) => Skip = (Accelerators.Missing(kind) ?? (shared ? Shared.WhySkip : null)
        ?? (asked && Environment.GetEnvironmentVariable("AUTODIFFAE_DEVICE_CASES") is null ? "it takes minutes: set AUTODIFFAE_DEVICE_CASES to run it" : null))!;
}
