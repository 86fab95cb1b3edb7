using System.Globalization;

namespace AutoDiffAE.Cli;

/// <summary>The folder of one training: nothing that was there before is overwritten.</summary>
internal sealed record RunFolder(string Path)
{
    public string Model => Within("model.npz");

    public string History => Within("history.csv");

    public string Checkpoint => Within("checkpoint.npz");

    public string Record => Within("run.json");

    public string Reconstructions => Within("reconstructions.png");

    public string Loss => Within("loss.svg");

    public string Report => Within("report.html");

    /// <summary>A new folder, or an empty one, into which files can be written.</summary>
    /// <param name="path">By default one for the data and this moment.</param>
    /// <exception cref="UsageException">It holds files already, or cannot be written.</exception>
    public static RunFolder Create(string? path, string label)
    {
        var folder = path ?? Unused(System.IO.Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{label}-{DateTime.Now:yyyyMMdd-HHmmss}")));
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UsageException($"--out {folder}: there are files in this folder already, and nothing is overwritten: give a new one");
        try
        {
            Directory.CreateDirectory(folder);
            using (File.Create(System.IO.Path.Combine(folder, ".writable"), 1, FileOptions.DeleteOnClose)) { }
            return new(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--out {folder}: cannot be written ({e.Message})");
        }
    }

    /// <summary>The folder of a run that is to go on. What a killed process was writing beside its files is taken away.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(path);
        if (!File.Exists(folder.Record)) throw new UsageException($"--resume {path}: there is no {folder.Record}: name the folder that `train` made");
        foreach (var unfinished in folder.Files.SelectMany(f => Directory.EnumerateFiles(path, $".{System.IO.Path.GetFileName(f)}.*"))) File.Delete(unfinished);
        return folder;
    }

    private string[] Files => [Model, History, Checkpoint, Record, Reconstructions, Loss, Report];

    private string Within(string name) => System.IO.Path.Combine(Path, name);

    private static string Unused(string folder) =>
        Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? folder : $"{folder}-{i}").First(f => !Directory.Exists(f));
}
