using AutoDiffAE.Cli;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Reports;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class LearningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("autodiffae").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (int Code, string Error, double[] Errors) Train(string name, params string[] args)
    {
        var (output, error, folder) = (new StringWriter(), new StringWriter(), Path.Combine(_folder, name));
        var code = Program.Run(["train", "blobs", "--images", "60", "--epochs", "2", "--filters", "2", "--code", "4", "--batch", "16", "--threads", "1", "--out", folder, .. args], output, error);
        return (code, error.ToString(), code == 0 ? [.. History.Read(Path.Combine(folder, "history.csv")).Epochs.Select(e => e.TrainError)] : []);
    }

    private static void Refused((int Code, string Error, double[] Errors) run, params string[] said)
    {
        Assert.Equal(2, run.Code);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.All(said, text => Assert.Contains(text, run.Error));
    }

    [Fact]
    public void Every_optimizer_and_schedule_trains()
    {
        foreach (var name in Optimizer.Names) Assert.Equal((0, ""), Train(name, "--optimizer", name) is var (code, error, _) ? (code, error) : default);
        foreach (var name in Schedules.Names)
            Assert.Equal((0, ""), Train($"by-{name}", "--optimizer", "adam", "--schedule", name, "--warmup", "2", "--clip-norm", "1", "--weight-decay", "0.01") is var (code, error, _) ? (code, error) : default);
    }

    [Fact]
    public void The_defaults_are_Nesterovs_momentum_at_one_rate()
    {
        var plain = Train("plain").Errors;
        Assert.Equal(plain, Train("named", "--optimizer", "nesterov", "--rate", "0.01", "--momentum", "0.975", "--schedule", "constant").Errors);
        Assert.Equal(Train("adam", "--optimizer", "adam").Errors, Train("rate", "--optimizer", "adam", "--rate", "0.001").Errors);
        foreach (var other in (string[][])[["--schedule", "cosine"], ["--warmup", "3"], ["--clip-norm", "0.01"], ["--weight-decay", "0.5"], ["--optimizer", "adam"]])
            Assert.NotEqual(plain, Train(string.Concat(other), other).Errors);
    }

    [Theory]
    [InlineData("nesterov")]
    [InlineData("adam")]
    public void The_rate_that_is_found_trains(string optimizer)
    {
        var output = new StringWriter();
        Assert.Equal(0, Program.Run(["train", "blobs", "--images", "600", "--optimizer", optimizer, "--schedule", "cosine", "--warmup", "3", "--find-rate"], output, output));
        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 10, 27);
        var rate = lines[^1].Split("--rate ")[1].Trim();
        Assert.InRange(double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), 1e-5, 0.3);
        Assert.Equal(0, Train("found", "--optimizer", optimizer, "--rate", rate).Code);
    }

    /// <summary>The schedule is over all epochs, so that a run that stops and goes on has the rates of one that did not.</summary>
    [Fact]
    public void A_run_goes_on_with_what_it_began_with()
    {
        string[] options = ["--optimizer", "adamw", "--schedule", "cosine", "--warmup", "2", "--clip-norm", "1", "--weight-decay", "0.1", "--average", "0.9"];
        var whole = Train("whole", options).Errors;
        Train("parts", options);
        var run = Path.Combine(_folder, "parts");
        Assert.Contains("\"Optimizer\": \"adamw\"", File.ReadAllText(Path.Combine(run, "run.json")), StringComparison.Ordinal);
        File.Delete(Path.Combine(run, "checkpoint.npz"));
        File.Delete(Path.Combine(run, "history.csv"));
        Assert.Equal(0, Program.Run(["train", "--resume", run], new StringWriter(), new StringWriter()));
        Assert.Equal(whole, History.Read(Path.Combine(run, "history.csv")).Epochs.Select(e => e.TrainError));
    }

    [Fact]
    public void What_cannot_be_is_refused_in_one_line()
    {
        Refused(Train("a", "--optimizer", "adm"), "--optimizer adm: one of sgd, momentum, nesterov", "is needed");
        Refused(Train("b", "--schedule", "linear"), "--schedule linear: one of constant, step", "is needed");
        Refused(Train("c", "--optimizer", "adam", "--momentum", "0.9"), "--momentum: adam has no momentum to set; momentum and nesterov have one");
        Refused(Train("d", "--warmup", "6"), "--warmup 6: the training has 6 steps");
        Refused(Train("e", "--clip-norm", "0"), "--clip-norm 0: a positive number is needed");
        Refused(Train("f", "--weight-decay", "-1"), "--weight-decay -1: a number of at least 0 is needed");
        Refused(Train("g", "--warmup", "-1"), "--warmup -1");
        Assert.Empty(Directory.GetDirectories(_folder));
    }
}
