namespace AutoDiffAE.Gpu;

/// <summary>The devices of this machine, looked for when first asked for and never before.</summary>
public static class Devices
{
    private static readonly Lazy<IReadOnlyList<Device>> Found = new(IlgpuDevices.Find);

    /// <summary>Every device, ILGPU's CPU accelerator first, those that cannot be used last; empty where <see cref="Unavailable"/> has a reason.</summary>
    public static IReadOnlyList<Device> All => Found.Value;

    /// <summary>Why this build has no devices, in one line; null where it has ILGPU.</summary>
    public static string? Unavailable => IlgpuDevices.Unavailable;

    /// <summary>A device as a backend; opened once, and kept.</summary>
    /// <exception cref="NotSupportedException">It cannot be used.</exception>
    public static IBackend Open(Device device) =>
        device.Unusable is { } reason ? throw new NotSupportedException($"{device.Name} cannot be used: {reason}") : IlgpuDevices.Open(device);

    /// <summary>The counts of a device's backend; null where the backend is none.</summary>
    public static DeviceCounters? Counters(IBackend backend) => IlgpuDevices.Counters(backend);

    /// <summary>The device of a name: <c>ilgpu-cpu</c>, <c>opencl</c>, <c>cuda</c>, the last two with a number behind a colon where there are several.</summary>
    /// <exception cref="NotSupportedException">There is none; the message says why, and what there is.</exception>
    public static Device Named(string name)
    {
        if (Unavailable is { } reason) throw new NotSupportedException(reason);
        var parts = name.Split(':');
        var kind = parts[0] switch { "ilgpu-cpu" => "CPU", "opencl" => "OpenCL", "cuda" => "CUDA", _ => null };
        var number = 0;
        if (kind is null || parts.Length > 2 || parts.Length == 2 && !(int.TryParse(parts[1], out number) && number >= 0))
            throw new NotSupportedException($"there is no device called {name}; there are {string.Join(", ", Names)}");
        var usable = All.Where(d => d.Kind == kind && d.Unusable is null).ToList();
        if (number < usable.Count) return usable[number];
        var refused = All.Where(d => d.Kind == kind && d.Unusable is not null).Select(d => $"{d.Name} cannot be used: {d.Unusable}");
        throw new NotSupportedException(string.Join("; ", refused.Prepend($"there is no device {name} that can be used; there are {string.Join(", ", Names)}")));
    }

    /// <summary>The names of all devices that can be used.</summary>
    public static IEnumerable<string> Names => All.Where(d => d.Unusable is null).GroupBy(d => d.Kind).SelectMany(kind => kind.Select((_, i) =>
        kind.Key switch { "CPU" => "ilgpu-cpu", "OpenCL" => "opencl", _ => "cuda" } + (i == 0 ? "" : $":{i}")));

    /// <summary>The assembly text that CUDA would be given for each kernel of a compiled function, for compute capability 8.0; no device is needed.</summary>
    /// <param name="plan">The function's plan.</param>
    /// <param name="sizes">Numbers for the named sizes.</param>
    /// <exception cref="NotSupportedException">This build has no ILGPU, or a kernel does not compile.</exception>
    public static IReadOnlyList<(string Name, string Text)> Ptx<T>(Planning.Plan plan, IReadOnlyDictionary<string, long> sizes) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        IlgpuDevices.Ptx<T>(plan, sizes);
}
