using System.CommandLine;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Reports;

namespace AutoDiffAE.Cli;

/// <summary><c>decode MODEL NPZ --out PNG</c></summary>
internal static class DecodeCommand
{
    public static Command Of(Context context)
    {
        var model = new Argument<string>("MODEL") { Description = "A model.npz that train left" };
        var codes = new Argument<string>("NPZ") { Description = "A file with an array code (n, code), as encode leaves it" };
        var images = Options.Whole("--images", 100, "How many codes, the first ones");
        var runsOn = new RunsOn();
        var output = Options.Out("PNG", "The picture");
        var command = new Command("decode", "Draws the images that a trained model makes of codes.") { model, codes, images, output };
        runsOn.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            var trained = TrainedAutoencoder.Load(parsed.GetRequiredValue(model), runsOn.Backend(parsed));
            var all = Npz.Open(parsed.GetRequiredValue(codes))[EncodeCommand.Code].As<float>();
            var some = all.Rank == 2 ? all.Rows(0, Math.Min(all.Sizes[0], parsed.GetValue(images))) : all;
            Png.Write(path, ContactSheet.Grid(Visible.Of(trained.Decode(some))));
            context.Output.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }
}
