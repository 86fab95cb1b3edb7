using System.Globalization;
using AutoDiffAE.Optimizers;

namespace AutoDiffAE.Cli;

/// <summary>A training as the arguments that ask for it: those that differ from what is usual, and the threads, by which sums are in other parts.</summary>
internal static class TrainArguments
{
    public static IEnumerable<string> Of(TrainRun run)
    {
        var usual = new TrainRun(run.Data, null, 20, 128, 40, 32, 7, Optimizer.UsualRate(run.Learning.Optimizer), 0.975, 1, "cpu", 0, null, null, null);
        var (steps, standard) = (run.Learning, Learning.Standard);
        (string Name, object? Given, object? Usual)[] options =
        [
            ("--data", run.Folder, usual.Folder), ("--size", run.Size, usual.Size), ("--epochs", run.Epochs, usual.Epochs), ("--batch", run.Batch, usual.Batch),
            ("--code", run.Code, usual.Code), ("--filters", run.Filters, usual.Filters), ("--filter-size", run.FilterSize, usual.FilterSize),
            ("--variant", run.Variation, usual.Variation), ("--optimizer", steps.Optimizer, standard.Optimizer), ("--rate", run.Rate, usual.Rate), ("--momentum", run.Momentum, usual.Momentum),
            ("--schedule", steps.Schedule, standard.Schedule), ("--warmup", steps.Warmup, standard.Warmup), ("--clip-norm", steps.ClipNorm, standard.ClipNorm), ("--weight-decay", steps.WeightDecay, standard.WeightDecay), ("--average", steps.Average, standard.Average),
            ("--patience", run.Patience, usual.Patience), ("--seed", run.Seed, usual.Seed), ("--images", run.Images, usual.Images), ("--validation", run.Validation, usual.Validation),
            ("--device", run.Device, usual.Device), ("--threads", run.Threads, usual.Threads),
        ];
        return
        [
            "train", run.Data,
            .. options.Where(o => !Equals(o.Given, o.Usual)).SelectMany(o => (string[])[o.Name, Convert.ToString(o.Given, CultureInfo.InvariantCulture)!]),
            .. run.Flips ? [] : new[] { "--no-flips" },
        ];
    }
}
