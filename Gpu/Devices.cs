namespace AutoDiffAE.Gpu;

/// <summary>A device that ILGPU can run kernels on.</summary>
/// <param name="Name">The name its driver gives.</param>
/// <param name="Kind">CPU (ILGPU's own, which simulates threads one by one), OpenCL or CUDA.</param>
/// <param name="MemoryBytes">Its memory; the machine's for a CPU.</param>
/// <param name="Multiprocessors">How many groups it runs at once.</param>
/// <param name="MaxGroupSize">The most threads a group can have.</param>
public sealed record Device(string Name, string Kind, long MemoryBytes, int Multiprocessors, int MaxGroupSize);

/// <summary>The devices of this machine, looked for when first asked for and never before.</summary>
public static class Devices
{
    private static readonly Lazy<IReadOnlyList<Device>> found = new(IlgpuDevices.Find);

    /// <summary>Every device, ILGPU's CPU accelerator first; empty where <see cref="Unavailable"/> has a reason.</summary>
    public static IReadOnlyList<Device> All => found.Value;

    /// <summary>Why this build has no devices, in one line; null where it has ILGPU.</summary>
    public static string? Unavailable => IlgpuDevices.Unavailable;
}
