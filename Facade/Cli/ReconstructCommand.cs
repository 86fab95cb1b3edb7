using System.CommandLine;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Reports;

namespace AutoDiffAE.Cli;

/// <summary><c>reconstruct MODEL DATA --out PNG</c></summary>
internal static class ReconstructCommand
{
    public static Command Of(Context context)
    {
        var model = new Argument<string>("MODEL") { Description = "A model.npz that train left" };
        var data = new Argument<string>("DATA") { Description = ImageSource.Description };
        var folder = Options.Data();
        var images = Options.Whole("--images", 40, "How many images, the first ones (of mnist: of its test images)");
        var seed = Options.Seed(2, "Of generated images");
        var size = Options.Size();
        var runsOn = new RunsOn();
        var output = Options.Out("PNG", "The picture: inputs above outputs");
        var command = new Command("reconstruct", "Draws images above what a trained model makes of them.") { model, data, folder, images, seed, size, output };
        runsOn.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            var trained = TrainedAutoencoder.Load(parsed.GetRequiredValue(model), runsOn.Backend(parsed));
            var inputs = ImageSource.Load(parsed.GetRequiredValue(data), parsed.GetValue(folder), parsed.GetValue(images), parsed.GetValue(seed), test: true, size: parsed.GetValue(size)).Pixels;
            Png.Write(path, ContactSheet.Pairs(Visible.Of(inputs), Visible.Of(trained.Reconstruct(inputs))));
            context.Output.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }
}
