using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Reports;
using Xunit;
using Xunit.Abstractions;

namespace AutoDiffAE.Tests.Cli;

/// <summary>
/// A run that is stopped, or killed at any moment, goes on as if it had not been. Three kills by default, as many as the environment variable
/// AUTODIFFAE_KILLS says otherwise.
/// </summary>
public sealed partial class ResumeTest(ITestOutputHelper log) : IDisposable
{
    private static readonly string[] Small = ["train", "blobs", "--images", "200", "--batch", "16", "--filters", "3", "--code", "8", "--threads", "1"];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    private string Within(string name) => Path.Combine(_folder, name);

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (Program.Run(args, output, error), output.ToString(), error.ToString());
    }

    /// <summary>All that a run leaves, but for how long its epochs took.</summary>
    private static string Left(string folder)
    {
        var checkpoint = Npz.Open(Path.Combine(folder, "checkpoint.npz"));
        var values = checkpoint.Names.Where(n => n is not "history").Select(n => $"{n} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(checkpoint[n].As<double>().Span.ToArray().SelectMany(BitConverter.GetBytes).ToArray()))}");
        var history = History.Read(Path.Combine(folder, "history.csv")).Epochs.Select(e => $"{e.Epoch} {e.TrainError:R} {e.ValidationError:R}");
        var files = Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        var whole = new[] { "model.npz", "reconstructions.png" }.Select(f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, f)))));
        var report = InReport().Replace(File.ReadAllText(Path.Combine(folder, "report.html")), "");
        return string.Join("\n", [.. files, .. whole, .. values, .. history, Seconds().Replace(File.ReadAllText(Path.Combine(folder, "loss.svg")), ""), report]);
    }

    [GeneratedRegex("[0-9.]+ s\\b")]
    private static partial Regex Seconds();

    [GeneratedRegex("(?<=class=\"seconds\">)[^<]*")]
    private static partial Regex InReport();

    [Theory]
    [InlineData]
    [InlineData("--optimizer", "adam", "--average", "0.9")]
    public void Two_epochs_and_two_more_are_four(params string[] options)
    {
        Assert.Equal(0, Run([.. Small, .. options, "--epochs", "4", "--out", Within("whole")]).Code);
        Assert.Equal(0, Run([.. Small, .. options, "--epochs", "2", "--out", Within("parts")]).Code);
        var (code, output, error) = Run("train", "--resume", Within("parts"), "--epochs", "4");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("resumed after epoch 2", output, StringComparison.Ordinal);
        Assert.Equal(Left(Within("whole")), Left(Within("parts")));
    }

    [Fact]
    public void Killed_at_any_moment_it_ends_with_the_same_bytes()
    {
        string[] arguments = [.. Small, "--epochs", "40"];
        var clock = Stopwatch.StartNew();
        Started([.. arguments, "--out", Within("whole")]).WaitForExit();
        var (whole, all) = (clock.Elapsed, Left(Within("whole")));
        var random = new Random(7);
        var kills = int.TryParse(Environment.GetEnvironmentVariable("AUTODIFFAE_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked : 3;
        var (killed, after) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        for (var trial = 0; killed < kills && trial < 10 * kills; trial++)
        {
            var folder = Within($"killed{trial}");
            using var process = Started([.. arguments, "--out", folder]);
            if (process.WaitForExit(whole * (0.2 + 0.8 * random.NextDouble()))) continue;
            process.Kill();
            process.WaitForExit();
            // Before there is a record nothing has been begun.
            if (!File.Exists(Path.Combine(folder, "run.json"))) continue;
            killed++;
            Assert.All(Directory.EnumerateFiles(folder, "*.npz").Where(f => !Path.GetFileName(f).StartsWith('.')), f => Npz.Open(f));
            var (code, output, error) = Run("train", "--resume", folder);
            Assert.Equal((0, ""), (code, error));
            var from = output.Split('\n').First(l => l.StartsWith("resumed", StringComparison.Ordinal));
            after[from] = after.GetValueOrDefault(from) + 1;
            Assert.Equal(all, Left(folder));
            Directory.Delete(folder, true);
        }
        Assert.True(killed == kills, $"only {killed} of {kills} processes were killed in time");
        foreach (var (from, times) in after) log.WriteLine($"{from}: {times}");
    }

    [Fact]
    public void A_run_that_lost_its_patience_has_lost_it_when_it_goes_on()
    {
        string[] hopeless = [.. Small, "--epochs", "9", "--rate", "1e-30", "--patience", "2", "--out", Within("patient")];
        Assert.Equal(0, Run(hopeless).Code);
        var epochs = History.Read(Path.Combine(Within("patient"), "history.csv")).Epochs;
        Assert.Equal(epochs.MinBy(e => e.ValidationError)!.Epoch + 2, epochs.Length);
        Assert.Equal(0, Run("train", "--resume", Within("patient")).Code);
        Assert.Equal(epochs.AsEnumerable(), History.Read(Path.Combine(Within("patient"), "history.csv")).Epochs);
    }

    [Fact]
    public void What_would_give_other_numbers_is_refused()
    {
        var run = Within("run");
        Assert.Equal(0, Run([.. Small, "--epochs", "1", "--out", run]).Code);
        Assert.Equal((2, "autodiffae: --rate: a run goes on as it began; only --epochs and --trace-nonfinite can be given with --resume\n"), Refused("train", "--resume", run, "--rate", "0.1"));
        Assert.Equal((2, "autodiffae: train blobs: a run goes on with its own data; leave it out\n"), Refused("train", "blobs", "--resume", run));
        Assert.StartsWith("autodiffae: --resume nowhere: there is no ", Refused("train", "--resume", "nowhere").Error, StringComparison.Ordinal);
        Assert.Equal((2, "autodiffae: train: DATA is needed, blobs, mnist, a file or a folder; or --resume RUN\n"), Refused("train"));
        var record = File.ReadAllText(Path.Combine(run, "run.json"));
        File.WriteAllText(Path.Combine(run, "run.json"), record.Replace($"\"VectorBits\": {RunRecord.Vectors}", "\"VectorBits\": 64", StringComparison.Ordinal));
        Assert.StartsWith("autodiffae: --resume: the run had vectors of 64 bits", Refused("train", "--resume", run).Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(run, "run.json"), record.Replace("\"Train\": 160", "\"Train\": 161", StringComparison.Ordinal));
        Assert.StartsWith("autodiffae: --resume: the run had 161 and 40 images", Refused("train", "--resume", run).Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(run, "run.json"), record[..40]);
        Assert.Contains("is no record of a run", Refused("train", "--resume", run).Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(run, "run.json"), record);
        File.WriteAllBytes(Path.Combine(run, "checkpoint.npz"), File.ReadAllBytes(Path.Combine(run, "checkpoint.npz"))[..500]);
        Assert.Contains("checkpoint.npz: is damaged", Refused("train", "--resume", run).Error, StringComparison.Ordinal);
    }

    private static (int Code, string Error) Refused(params string[] args) => Run(args) is var (code, _, error) ? (code, error.ReplaceLineEndings("\n")) : default;

    private static Process Started(string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "autodiffae.dll"), .. arguments])
    {
        RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
    })!;
}
