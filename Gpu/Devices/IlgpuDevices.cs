#if ILGPU
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace AutoDiffAE.Gpu;

/// <summary>What ILGPU finds, and its one context, which all devices belong to.</summary>
internal static class IlgpuDevices
{
    private static readonly ConcurrentDictionary<int, GpuBackend> Opened = new();

    private static Lazy<Context> Shared = new(Create);

    private static readonly List<(string Name, string Kind, string Reason)> Refused = [];

    private static bool _resolves;

    public static string? Unavailable => null;

    /// <summary>Whether an OpenCL device that ILGPU would refuse is taken all the same; set before anything is asked for.</summary>
    internal static Func<object, bool>? Admits { get; set; }

    public static IReadOnlyList<Device> Find()
    {
        var devices = Shared.Value.Devices.ToList();
        return [.. Sorted().Select(d => Describe(d, devices.IndexOf(d))), .. Refused.Select(r => new Device(r.Name, r.Kind, 0, 0, 0) { Unusable = r.Reason })];
    }

    public static IBackend Open(Device device) => Opened.GetOrAdd(device.Index, index => new GpuBackend(new GpuDevice(Shared.Value.Devices[index].CreateAccelerator(Shared.Value))));

    public static IReadOnlyList<(string Name, string Text)> Ptx<T>(Planning.Plan plan, IReadOnlyDictionary<string, long> sizes) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        PtxText.Of<T>(plan, sizes);

    /// <summary>A context of its own for devices that are opened from now on.</summary>
    public static void Renew()
    {
        Shared = new(Create);
        Opened.Clear();
    }

    /// <summary>A backend of its own, with counts of its own, that may run in groups which share memory whatever the device is.</summary>
    internal static IBackend OpenApart(Device device, bool shares) => new GpuBackend(new GpuDevice(Shared.Value.Devices[device.Index].CreateAccelerator(Shared.Value)) { Shares = shares });

    public static DeviceCounters? Counters(IBackend backend) => backend is GpuBackend { Device: var d } ? new(d.Uploads, d.Downloads, d.Allocations, d.Kernels) : null;

    private static IEnumerable<ILGPU.Runtime.Device> Sorted() => Shared.Value.Devices.OrderBy(d => d.AcceleratorType);

    private static Context Create()
    {
        if (Refused.Count > 0) Refused.Clear();
        // Distributions have libOpenCL.so.1; without the number it comes with development files only.
        if (Interlocked.Exchange(ref _resolves, true)) return Build();
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, (name, _, _) =>
            name == "OpenCL" && (NativeLibrary.TryLoad("libOpenCL.so", out var library) || NativeLibrary.TryLoad("libOpenCL.so.1", out library)) ? library : 0);
        return Build();
    }

    private static Context Build() => Context.Create(builder =>
    {
        builder.Optimize(OptimizationLevel.O2).EnableAlgorithms().WithFusedMultiplyAdd().CPU(CPUDeviceKind.Default).OpenCL(Accepts);
        try { builder.Cuda(); }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException) { Refused.Add(("CUDA", "CUDA", e.Message.Split('\n')[0])); }
    });

    private static bool Accepts(CLDevice device)
    {
        if (Admits?.Invoke(device) == true) return true;
        var reason = device.CLStdVersion < CLBackend.MinimumVersion ? $"it speaks {device.CLStdVersion}, and {CLBackend.MinimumVersion} is needed"
            : !device.Capabilities.GenericAddressSpace ? "its driver has no generic address space" : null;
        if (reason is not null) Refused.Add((device.Name, "OpenCL", reason));
        return reason is null;
    }

    private static Device Describe(ILGPU.Runtime.Device device, int index) => new(
        device.Name,
        device.AcceleratorType is AcceleratorType.Cuda ? "CUDA" : device.AcceleratorType.ToString(),
        // ILGPU gives long.MaxValue for its CPU accelerator.
        device.AcceleratorType is AcceleratorType.CPU ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : device.MemorySize,
        device.NumMultiprocessors,
        device.MaxNumThreadsPerGroup)
    {
        Index = index,
        Driver = device switch
        {
            CudaDevice cuda => $"CUDA {cuda.DriverVersion}, {cuda.Architecture}",
            CLDevice cl => $"{cl.PlatformName}, {cl.DeviceVersion}",
            _ => $"ILGPU {typeof(Context).Assembly.GetName().Version?.ToString(3)}",
        },
    };
}
#else
namespace AutoDiffAE.Gpu;

internal static class IlgpuDevices
{
    public static string? Unavailable =>
        "ILGPU 1.5.3 could not be restored from the package sources of this build; " +
        "add a source that has it, delete Gpu/obj and build again.";

    internal static Func<object, bool>? Admits { get; set; }

    public static IReadOnlyList<Device> Find() => [];

    internal static IBackend OpenApart(Device device, bool shares) => throw new NotSupportedException($"{device.Name}, {shares}: {Unavailable}");

    public static DeviceCounters? Counters(IBackend _) => null;

    public static IBackend Open(Device device) => throw new NotSupportedException($"{device.Name}: {Unavailable}");

    public static IReadOnlyList<(string Name, string Text)> Ptx<T>(Planning.Plan plan, IReadOnlyDictionary<string, long> sizes) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        throw new NotSupportedException($"{Unavailable} (the plan has {plan.Steps.Length} steps, its sizes are {string.Join(", ", sizes)})");
}
#endif
