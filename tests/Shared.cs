using Xunit;

namespace AutoDiffAE.Tests;

/// <summary>Data too large for the repository: the folder named by AUTODIFFAE_SHARED, or else ../shared beside the repository.</summary>
public static class Shared
{
    /// <summary>The folder of the solution, from which these tests were built.</summary>
    public static string Repository { get; } = Above(AppContext.BaseDirectory) ?? throw new DirectoryNotFoundException("AutoDiffAE.sln is in no folder above the tests");

    /// <summary>The folder, or null where there is none.</summary>
    public static string? Root { get; } =
        new[] { Environment.GetEnvironmentVariable("AUTODIFFAE_SHARED"), Path.GetFullPath(Path.Combine(Repository, "..", "shared")) }.FirstOrDefault(Directory.Exists);

    public static string? WhySkip { get; } =
        Root is null ? "needs the shared data: set AUTODIFFAE_SHARED to their folder, or put it at ../shared beside the repository" : null;

    /// <summary>A file or folder of the shared data; only tests that do not run without them ask.</summary>
    public static string At(params string[] parts) => Path.Combine([Root ?? throw new InvalidOperationException(WhySkip), .. parts]);

    private static string? Above(string? folder) =>
        folder is null || File.Exists(Path.Combine(folder, "AutoDiffAE.sln")) ? folder : Above(Path.GetDirectoryName(folder));
}

/// <summary>A fact that is reported as skipped, with the reason, where the shared data are absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = Shared.WhySkip;
}

/// <summary>A theory that is reported as skipped, with the reason, where the shared data are absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = Shared.WhySkip;
}
