using System.CommandLine;

namespace AutoDiffAE.Cli;

/// <summary><c>train DATA</c></summary>
internal static class TrainCommand
{
    public static Command Of(Context context)
    {
        var data = new Argument<string?>("DATA") { Description = ImageSource.Description, Arity = ArgumentArity.ZeroOrOne };
        var folder = Options.Data();
        var epochs = Options.Whole("--epochs", 20, "Passes over the training images");
        var batch = Options.Whole("--batch", 128, "Images in a step");
        var architecture = Architecture.Options();
        var rate = Options.Real("--rate", 0.01, "Learning rate; other optimizers than nesterov have defaults of their own", v => v > 0, "a positive number");
        var momentum = Options.Real("--momentum", 0.975, "Nesterov's momentum", v => v is >= 0 and < 1, "a number from 0 to less than 1");
        var seed = Options.Seed(1, "Of initial weights, order, flips, and generated images");
        var runsOn = new RunsOn();
        var images = Options.Optional("--images", "Images to use, the first ones where there are more  [default: blobs 10000, mnist 50000, all of a FILE or FOLDER]", least: 2);
        var validation = Options.Optional("--validation", "How many of them validate, the first ones  [default: a fifth]");
        var size = Options.Size();
        var output = new Option<string?>("--out") { HelpName = "DIR", Description = "A new or empty folder for what the run leaves  [default: runs/DATA-yyyyMMdd-HHmmss]" };
        var resume = new Option<string?>("--resume") { HelpName = "RUN", Description = "Goes on with the run of this folder, bit for bit, from its last whole epoch; with --epochs for more of them" };
        var variant = VariantOption.Of();
        var still = new Option<bool>("--no-flips") { Description = "No image is mirrored or turned upside down" };
        var patience = Options.Optional("--patience", "Stops after as many epochs without a smaller validation error");
        var find = new Option<bool>("--find-rate") { Description = "Trains nothing: shows the losses of steps with rising rates, and the rate that would do" };
        var trace = TraceOption.Of("Where the loss diverges,");
        var command = new Command("train", "Trains the convolutional autoencoder on images, and leaves a folder with model.npz, history.csv, reconstructions.png, loss.svg and report.html, and what is needed to go on.")
        {
            data, folder, epochs, batch, architecture.Code, architecture.Filters, architecture.FilterSize, rate, momentum, seed, images, validation, size, output, resume, trace, variant, still, patience, find,
        };
        runsOn.AddTo(command);
        var learning = new LearningOptions(rate, momentum);
        learning.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(resume) is { } run)
            {
                if (parsed.GetValue(data) is { } named) throw new UsageException($"train {named}: a run goes on with its own data; leave it out");
                if (command.Options.FirstOrDefault(o => o != resume && o != epochs && o != trace && parsed.GetResult(o) is { Implicit: false }) is { } stray)
                    throw new UsageException($"{stray.Name}: a run goes on as it began; only --epochs and {trace.Name} can be given with --resume");
                return TrainingRun.Resume(context, run, parsed.GetResult(epochs) is { Implicit: false } ? parsed.GetValue(epochs) : null, parsed.GetValue(trace));
            }
            var (steps, chosen) = learning.Of(parsed);
            var asked = new TrainRun(
                parsed.GetValue(data) ?? throw new UsageException("train: DATA is needed, blobs, mnist, a file or a folder; or --resume RUN"), parsed.GetValue(folder), parsed.GetValue(epochs), parsed.GetValue(batch),
                parsed.GetValue(architecture.Code), parsed.GetValue(architecture.Filters), parsed.GetValue(architecture.FilterSize), chosen, parsed.GetValue(momentum), parsed.GetValue(seed),
                runsOn.Device(parsed), runsOn.Threads(parsed), parsed.GetValue(images), parsed.GetValue(validation), parsed.GetValue(output), parsed.GetValue(trace)) { Learning = steps, Patience = parsed.GetValue(patience), Flips = !parsed.GetValue(still), Variation = VariantOption.Known(parsed.GetRequiredValue(variant)), Size = parsed.GetValue(size) };
            return parsed.GetValue(find) ? RateSearch.Execute(context, asked) : TrainingRun.Execute(context, asked);
        });
        return command;
    }
}
