using System.CommandLine;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Reports;

namespace AutoDiffAE.Cli;

/// <summary><c>report RUN [--out HTML]</c></summary>
internal static class ReportCommand
{
    public static Command Of(Context context)
    {
        var run = new Argument<string>("RUN") { Description = "The folder that train left" };
        var output = Options.Text("--out", "HTML", "The page  [default: report.html in the folder]");
        var runsOn = new RunsOn();
        var command = new Command("report", "Writes the page of a training: errors, reconstructions, best and worst, filters, the code in two dimensions, images between images, times, the network and its gradients. train leaves it too.") { run, output };
        runsOn.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = new RunFolder(parsed.GetRequiredValue(run));
            if (!File.Exists(folder.Record)) throw new UsageException($"report {folder.Path}: there is no {folder.Record}: name the folder that `train` made");
            if (!File.Exists(folder.Model)) throw new UsageException($"report {folder.Path}: there is no {folder.Model} yet: the run has not ended its first epoch; `autodiffae train --resume {folder.Path}` goes on");
            var record = RunRecord.Read(folder.Record);
            var split = record.Run.Split();
            var model = TrainedAutoencoder.Load(folder.Model, runsOn.Backend(parsed));
            var baseline = MeanImage.Error(model.Standardization.Apply(split.Train.Examples), model.Standardization.Apply(split.Validation.Examples));
            var path = parsed.GetValue(output) ?? folder.Report;
            RecordedReport.Of(record, model, split.Validation, File.Exists(folder.History) ? History.Read(folder.History) : History.Empty, baseline).Write(path);
            context.Output.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }
}
