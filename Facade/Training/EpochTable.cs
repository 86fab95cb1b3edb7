using System.Globalization;
using AutoDiffAE.Reports;
using Spectre.Console;

namespace AutoDiffAE.Training;

/// <summary>
/// A row of a table for each epoch, printed as it comes, and on a terminal a bar while the epoch runs. The best errors so far are
/// marked: by colour on a terminal, and by a star everywhere.
/// </summary>
public sealed class EpochTable(TextWriter output, bool interactive) : ITrainingView
{
    private const string Header = "epoch    train  validation  train/val  seconds";

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(output),
        Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
    });

    private bool _begun;

    public R During<R>(int epoch, int batches, Func<Action<int, double>, R> work)
    {
        if (!_begun) output.WriteLine(Header);
        _begun = true;
        if (!interactive) return work((_, _) => { });
        return _console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var bar = context.AddTask($"epoch {epoch}", maxValue: batches);
                return work((done, error) =>
                {
                    bar.Value = done;
                    bar.Description = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}  error {error:0.0000}");
                });
            });
    }

    public void Completed(EpochRecord epoch, bool best)
    {
        var row = Row(epoch, best);
        if (interactive) _console.MarkupLine(best ? $"[green]{row}[/]" : row);
        else output.WriteLine(row);
        output.Flush();
    }

    internal static string Row(EpochRecord e, bool best) => string.Create(CultureInfo.InvariantCulture,
        $"{e.Epoch,5}  {e.TrainError,7:0.00000}  {e.ValidationError,10:0.00000}  {e.TrainError / e.ValidationError,9:0.000}  {e.Seconds,7:0.00}{(best ? " *" : "")}");
}
