using System.Diagnostics;
using System.Globalization;

namespace AutoDiffAE.Cli;

/// <summary>The most memory that this process has had resident.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status", Peak = "VmHWM:";

    /// <summary>From Linux's own count of the high-water mark in KiB where there is one.</summary>
    public static long Mebibytes()
    {
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(Peak, StringComparison.Ordinal)) : null;
        return line?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..]
            ? long.Parse(kibibytes, CultureInfo.InvariantCulture) / 1024
            : Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
    }
}
