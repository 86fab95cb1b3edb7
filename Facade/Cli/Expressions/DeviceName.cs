using AutoDiffAE.Cpu;

namespace AutoDiffAE.Cli;

/// <summary>What runs a compiled expression, by its name on the command line.</summary>
internal static class DeviceName
{
    public const string Cpu = "cpu";

    /// <exception cref="UsageException">There is no such device.</exception>
    public static IBackend Backend(string name, int threads) => name == Cpu
        ? new CpuBackend(threads)
        : throw new UsageException($"--device {name}: there is no device of this name, there is {Cpu}");
}
