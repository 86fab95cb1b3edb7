using System.CommandLine;

namespace AutoDiffAE.Cli;

/// <summary><c>train DATA</c></summary>
internal static class TrainCommand
{
    public static Command Of(Context context)
    {
        var data = new Argument<string>("DATA") { Description = ImageSource.Description };
        var folder = Options.Data();
        var epochs = Options.Whole("--epochs", 20, "Passes over the training images");
        var batch = Options.Whole("--batch", 128, "Images in a step");
        var architecture = Architecture.Options();
        var rate = Options.Real("--rate", 0.01, "Learning rate", v => v > 0, "a positive number");
        var momentum = Options.Real("--momentum", 0.975, "Nesterov's momentum", v => v is >= 0 and < 1, "a number from 0 to less than 1");
        var seed = Options.Seed(1, "Of initial weights, order, flips, and generated images");
        var runsOn = new RunsOn();
        var images = Options.Optional("--images", "Images to use, the first ones where there are more  [default: blobs 10000, mnist 50000, all of a FILE]", least: 2);
        var validation = Options.Optional("--validation", "How many of them validate, the first ones  [default: a fifth]");
        var output = new Option<string?>("--out") { HelpName = "DIR", Description = "A new or empty folder for what the run leaves  [default: runs/DATA-yyyyMMdd-HHmmss]" };
        var command = new Command("train", "Trains the convolutional autoencoder on images, and leaves a folder with model.npz, history.csv, reconstructions.png and loss.svg.")
        {
            data, folder, epochs, batch, architecture.Code, architecture.Filters, architecture.FilterSize, rate, momentum, seed, images, validation, output,
        };
        runsOn.AddTo(command);
        command.SetAction(parsed => TrainRun.Execute(context, new TrainRun(
            parsed.GetRequiredValue(data), parsed.GetValue(folder), parsed.GetValue(epochs), parsed.GetValue(batch), parsed.GetValue(architecture.Code),
            parsed.GetValue(architecture.Filters), parsed.GetValue(architecture.FilterSize), parsed.GetValue(rate), parsed.GetValue(momentum), parsed.GetValue(seed),
            runsOn.Device(parsed), runsOn.Threads(parsed), parsed.GetValue(images), parsed.GetValue(validation), parsed.GetValue(output))));
        return command;
    }
}
