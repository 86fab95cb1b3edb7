using System.CommandLine;
using AutoDiffAE.Gpu;

namespace AutoDiffAE.Cli;

/// <summary><c>devices</c></summary>
internal static class DevicesCommand
{
    public static Command Of(Context context)
    {
        var command = new Command("devices", "Lists what work can run on: memory, limits, driver, and why a device cannot be used.");
        command.SetAction(_ =>
        {
            context.Output.WriteLine($"cpu: {Environment.ProcessorCount} cores, vectors of {LaneBits()} bits");
            if (Devices.Unavailable is { } reason) context.Output.WriteLine($"no other device: {reason}");
            foreach (var (name, device) in Named()) context.Output.WriteLine(Line(name, device));
            foreach (var device in Devices.All.Where(d => d.Unusable is not null)) context.Output.WriteLine($"{device.Kind} {device.Name} cannot be used: {device.Unusable}");
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<(string Name, Device Device)> Named() => Devices.Names.Zip(Devices.All.Where(d => d.Unusable is null).GroupBy(d => d.Kind).SelectMany(k => k));

    private static string Line(string name, Device d) => FormattableString.Invariant(
        $"{name}: {d.Name}, {d.MemoryBytes / (1024.0 * 1024 * 1024):0.0} GiB, {d.Multiprocessors} multiprocessors, groups of at most {d.MaxGroupSize} threads; {d.Driver}");

    private static int LaneBits() => System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? 512 : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 256 : 128;
}
