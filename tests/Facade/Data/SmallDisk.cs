using System.Diagnostics;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

/// <summary>A file system of some kilobytes in memory, of which it can be taken that anything is written.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int kilobytes)
    {
        Path = Directory.CreateTempSubdirectory("autodiffae-").FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Path)) throw new IOException("a disk in memory could not be mounted");
    }

    public string Path { get; }

    /// <summary>Why there cannot be one here, or null.</summary>
    public static string? WhySkip { get; } = Tried();

    public void ReadOnly()
    {
        if (!Run("mount", "-o", "remount,ro", Path)) throw new IOException("the disk could not be made read-only");
    }

    public void Dispose()
    {
        Run("umount", Path);
        Directory.Delete(Path, recursive: true);
    }

    private static string? Tried()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return "needs Linux and the right to mount a disk in memory";
        try
        {
            new SmallDisk(16).Dispose();
            return null;
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
        process!.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A fact that is reported as skipped, with the reason, where no disk can be mounted.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.WhySkip;
}
