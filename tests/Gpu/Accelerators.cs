using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiffAE.Gpu;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>The backends that device tests run on: ILGPU's CPU accelerator and, where there is one, an OpenCL device.</summary>
internal static class Accelerators
{
    /// <summary>By kind: CPU, OpenCL, CUDA.</summary>
    public static IReadOnlyDictionary<string, IBackend> All => Devices.All.Where(d => d.Unusable is null).GroupBy(d => d.Kind).ToDictionary(k => k.Key, k => Devices.Open(k.First()));

    /// <summary>A backend that no other test uses, with counts of its own.</summary>
    public static IBackend Apart(string kind, bool shares = false) => IlgpuDevices.OpenApart(Devices.All.First(d => d.Kind == kind && d.Unusable is null), shares);

    public static string? Missing(string kind) => Devices.Unavailable ?? (All.ContainsKey(kind) ? null : $"this machine has no {kind} device");

    /// <summary>
    /// PoCL before version 5 has no generic address space, and ILGPU refuses it. All that kernels ask of that is the word, which its compiler can be told
    /// to read as another; it sees what the shell would have set, not what .NET says.
    /// </summary>
    [ModuleInitializer]
    internal static void Admit()
    {
        if (OperatingSystem.IsLinux()) SetEnvironment("POCL_EXTRA_BUILD_FLAGS", "-D__generic=__global", 1);
        IlgpuDevices.Admits = device =>
        {
            object Of(string property) => device.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)!.GetValue(device)!;
            if (!Of("PlatformName").ToString()!.Contains("Portable Computing", StringComparison.Ordinal)) return false;
            var capabilities = Of("Capabilities");
            capabilities.GetType().GetProperty("GenericAddressSpace")!.SetValue(capabilities, true);
            return true;
        };
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetEnvironment(string name, string value, int overwrite);
}
