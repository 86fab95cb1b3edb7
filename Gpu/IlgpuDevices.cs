#if ILGPU
using ILGPU;
using ILGPU.Runtime;

namespace AutoDiffAE.Gpu;

internal static class IlgpuDevices
{
    public static string? Unavailable => null;

    public static IReadOnlyList<Device> Find()
    {
        using var context = Context.Create(builder => builder.AllAccelerators());
        return [.. context.Devices.OrderBy(device => device.AcceleratorType).Select(Describe)];
    }

    private static Device Describe(ILGPU.Runtime.Device device) => new(
        device.Name,
        device.AcceleratorType is AcceleratorType.Cuda ? "CUDA" : device.AcceleratorType.ToString(),
        // ILGPU gives long.MaxValue for its CPU accelerator.
        device.AcceleratorType is AcceleratorType.CPU ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : device.MemorySize,
        device.NumMultiprocessors,
        device.MaxNumThreadsPerGroup);
}
#else
namespace AutoDiffAE.Gpu;

internal static class IlgpuDevices
{
    public static string? Unavailable =>
        "ILGPU 1.5.3 could not be restored from the package sources of this build; " +
        "add a source that has it, delete Gpu/obj and build again.";

    public static IReadOnlyList<Device> Find() => [];
}
#endif
