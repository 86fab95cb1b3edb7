namespace AutoDiffAE.Tests.Facade.Data;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("autodiffae-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A file with these bytes; answers its path.</summary>
    public string Holding(string name, params byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
