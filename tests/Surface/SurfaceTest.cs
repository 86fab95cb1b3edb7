using System.Reflection;
using Xunit;

namespace AutoDiffAE.Tests.Surface;

/// <summary>
/// What each library shows to its users, a line a member, is under version control beside this file: a change of it shows. The environment variable
/// AUTODIFFAE_SURFACE=write writes the lists anew.
/// </summary>
public sealed class SurfaceTest
{
    public static TheoryData<string> Libraries => ["AutoDiffAE.Core", "AutoDiffAE.Autodiff", "AutoDiffAE.Gpu", "AutoDiffAE.Facade", "AutoDiffAE.FsCheck"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Is_what_was_meant(string library)
    {
        // What a build without ILGPU lacks is public for kernels' sake only.
        var found = string.Concat(Assembly.Load(library).GetExportedTypes().Where(t => library != "AutoDiffAE.Gpu" || t.Name is "Device" or "Devices" or "DeviceCounters")
            .OrderBy(t => t.FullName, StringComparer.Ordinal).SelectMany(PublicMembers.Lines).Select(l => l + "\n"));
        var path = Path.Combine(Shared.Repository, "tests", "Surface", $"{library}.txt");
        if (Environment.GetEnvironmentVariable("AUTODIFFAE_SURFACE") == "write") File.WriteAllText(path, found);
        var known = File.ReadAllText(path).ReplaceLineEndings("\n");
        var (before, after) = (known.Split('\n'), found.Split('\n'));
        Assert.True(known == found, $"{library} no longer shows {string.Join("; ", before.Except(after).Take(5))}; now shows {string.Join("; ", after.Except(before).Take(5))}; if meant, run with AUTODIFFAE_SURFACE=write");
    }
}
