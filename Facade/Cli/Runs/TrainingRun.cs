using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary>A training from what was asked for, or from where another one stopped, to all that a run leaves.</summary>
internal static class TrainingRun
{
    private const int Shown = 40;

    public static int Execute(Context context, TrainRun run)
    {
        var split = run.Split();
        var standardization = Standardization.Of(split.Train.Examples);
        var optimizer = run.Optimizer(split);
        // What does not fit is refused before there is a folder.
        run.Architecture(split).Build();
        var (device, backend) = RunsOn.Chosen(run.Device, run.Threads, context.Output, on => TrainingStep.Of(run.Architecture(split).Build, optimizer, run.Batch, on, run.Threads).Milliseconds());
        var folder = RunFolder.Create(run.Out, ImageSource.Label(run.Data));
        var record = RunRecord.Of(run with { Device = device, Out = null, Data = Lasting(run.Data), Folder = run.Folder is { } data ? Path.GetFullPath(data) : null }, split, standardization);
        record.Write(folder.Record);
        return Train(context, run, record, split, standardization, folder, backend, resumed: false);
    }

    /// <summary>Goes on with a run as if it had never stopped: from its last checkpoint, or from the start where it has none yet.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="epochs">In all; as many as it began with where not given.</param>
    /// <param name="trace">Whether a loss that diverges is traced, whatever the run was asked for.</param>
    public static int Resume(Context context, string path, int? epochs, bool trace)
    {
        var folder = RunFolder.Open(path);
        var begun = RunRecord.Read(folder.Record);
        var record = begun with { Run = begun.Run with { Epochs = epochs ?? begun.Run.Epochs } };
        var run = record.Run with { TraceNonFinite = trace || record.Run.TraceNonFinite };
        var split = run.Split();
        var standardization = Standardization.Of(split.Train.Examples);
        record.Require(RunRecord.Of(run, split, standardization));
        if (record != begun) record.Write(folder.Record);
        return Train(context, run, record, split, standardization, folder, RunsOn.Backend(run.Device, run.Threads), resumed: true);
    }

    private static int Train(Context context, TrainRun run, RunRecord record, Split split, Standardization standardization, RunFolder folder, IBackend backend, bool resumed)
    {
        var options = run.Architecture(split);
        var network = options.Build();
        var (train, validation) = (standardization.Apply(split.Train.Examples), standardization.Apply(split.Validation.Examples));
        var baseline = MeanImage.Error(train, validation);
        Describe(context.Output, run, split, standardization, network, baseline);
        var resumable = resumed && File.Exists(folder.Checkpoint);
        var initial = options.Variant is Variant.Stacked stacked && !resumable ? StackedPretraining.Of(options, network, stacked.Epochs, run.Optimizer(split), run.Batch, run.Seed, run.Flips ? FlipHalf.Transform : null, train, validation, backend, context.Output.WriteLine) : null;
        var trainer = new Trainer(AutoencoderTask.Of(options, network, new Key(run.Seed)), run.Optimizer(split), new TrainingOptions(run.Epochs, run.Batch, run.Seed, run.Flips ? FlipHalf.Transform : null, run.Patience, TraceNonFinite: run.TraceNonFinite), backend, initial);
        var from = resumable ? CheckpointFile.Read(folder.Checkpoint, trainer.Parameters, trainer.Recurrence) : null;
        if (resumed) context.Output.WriteLine(from is null ? "resumed at the start: the run had no checkpoint yet\n" : $"resumed after epoch {from.Epoch}\n");
        if (from is { Best: var best }) TrainedAutoencoder.Save(folder.Model, options, best, standardization);
        var result = trainer.Fit([train], [validation],
            new RecordedTraining(new EpochTable(context.Output, context.Interactive), folder.History, from?.History ?? History.Empty),
            improved => TrainedAutoencoder.Save(folder.Model, options, improved, standardization),
            checkpoint => CheckpointFile.Write(folder.Checkpoint, checkpoint), from, context.Cancellation);
        var trained = new TrainedAutoencoder(options, network, trainer.Store, standardization, backend);
        return Conclude(context, record, result, folder, baseline, trained, split.Validation);
    }

    /// <summary>A file's full path, so that a run can go on from another folder.</summary>
    private static string Lasting(string data) => ImageSource.IsSet(data) ? data : Path.GetFullPath(data);

    private static void Describe(TextWriter output, TrainRun run, Split split, Standardization pixels, Network network, double baseline)
    {
        output.WriteLine(FormattableString.Invariant(
            $"{run.Data}: {split.Train.Count} images of {split.Train.Height}x{split.Train.Width} train, {split.Validation.Count} validate; mean {pixels.Mean:0.00}, deviation {pixels.Deviation:0.00}"));
        output.WriteLine();
        foreach (var line in NetworkTable.Lines(network)) output.WriteLine(line);
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"squared error of standardised pixels; predicting the mean image gives {baseline:0.0000}"));
        output.WriteLine();
        output.Flush();
    }

    private static int Conclude(Context context, RunRecord record, TrainingResult result, RunFolder folder, double baseline, TrainedAutoencoder trained, Images validation)
    {
        var run = record.Run;
        if (result.Best is { } best)
        {
            var shown = validation.Rows(0, Math.Min(Shown, validation.Count)).Pixels;
            Png.Write(folder.Reconstructions, ContactSheet.Pairs(Visible.Of(shown), Visible.Of(trained.Reconstruct(shown))));
            if (!result.History.Epochs.IsEmpty) LossChart.Write(folder.Loss, result.History, $"{ImageSource.Label(run.Data)}: squared error by epoch");
            RecordedReport.Of(record, trained, validation, result.History, baseline).Write(folder.Report);
            context.Output.WriteLine();
            context.Output.WriteLine(FormattableString.Invariant(
                $"best: epoch {best.Epoch}, validation error {best.ValidationError:0.00000}, {best.ValidationError / baseline:0.0000} of the mean image's {baseline:0.0000}"));
            foreach (var file in new[] { folder.Model, folder.Reconstructions, folder.Loss, folder.History, folder.Report }.Where(File.Exists))
                context.Output.WriteLine(file);
        }
        switch (result.End)
        {
            case TrainingEnd.Cancelled:
                context.Error.WriteLine($"autodiffae: interrupted; the best model so far is kept in {folder.Model}, and `autodiffae train --resume {folder.Path}` goes on");
                return ExitCode.Interrupted;
            case TrainingEnd.Diverged d:
                context.Error.WriteLine(FormattableString.Invariant(
                    $"autodiffae: the loss became {d.Loss} in epoch {d.Epoch}{(d.Batch > 0 ? $", batch {d.Batch}" : ", validation")}: try a smaller --rate than {run.Rate}")
                    + (result.Best is null ? "; there is no model to keep" : $"; the best model so far is kept in {folder.Model}"));
                if (d.Traced is { } traced)
                    foreach (var line in traced.Lines()) context.Error.WriteLine(line);
                return ExitCode.Failure;
            default:
                return ExitCode.Done;
        }
    }
}
