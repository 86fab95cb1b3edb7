namespace AutoDiffAE.Gpu;

/// <summary>A device that ILGPU can run kernels on, or that it found and cannot use.</summary>
/// <param name="Name">The name its driver gives.</param>
/// <param name="Kind">CPU (ILGPU's own, which simulates threads one by one), OpenCL or CUDA.</param>
/// <param name="MemoryBytes">Its memory; the machine's for a CPU.</param>
/// <param name="Multiprocessors">How many groups it runs at once.</param>
/// <param name="MaxGroupSize">The most threads a group can have.</param>
public sealed record Device(string Name, string Kind, long MemoryBytes, int Multiprocessors, int MaxGroupSize)
{
    /// <summary>Driver and version, in words.</summary>
    public string Driver { get; init; } = "";

    /// <summary>Why it cannot be used; null where it can.</summary>
    public string? Unusable { get; init; }

    internal int Index { get; init; } = -1;
}
