using System.CommandLine;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;

namespace AutoDiffAE.Cli;

/// <summary><c>encode MODEL DATA --out NPZ</c></summary>
internal static class EncodeCommand
{
    /// <summary>The arrays of the file: codes (n, code), and the labels of the images where there are any.</summary>
    public const string Code = "code", Label = "label";

    private const int BlobImages = 1000;

    public static Command Of(Context context)
    {
        var model = new Argument<string>("MODEL") { Description = "A model.npz that train left" };
        var data = new Argument<string>("DATA") { Description = ImageSource.Description };
        var folder = Options.Data();
        var images = Options.Optional("--images", $"How many images, the first ones (of mnist: of its test images)  [default: all, blobs {BlobImages}]");
        var seed = Options.Seed(2, "Of generated images");
        var size = Options.Size();
        var runsOn = new RunsOn();
        var output = Options.Out("NPZ", "The file for the codes: an array code (n, code), and label (n) where the images have labels or counts");
        var command = new Command("encode", "Writes the codes that a trained model gives images.") { model, data, folder, images, seed, size, output };
        runsOn.AddTo(command);
        command.SetAction(parsed =>
        {
            var (path, name) = (parsed.GetRequiredValue(output), parsed.GetRequiredValue(data));
            var trained = TrainedAutoencoder.Load(parsed.GetRequiredValue(model), runsOn.Backend(parsed));
            var count = parsed.GetValue(images) ?? (name == ImageSource.Blobs ? BlobImages : int.MaxValue);
            var found = ImageSource.Load(name, parsed.GetValue(folder), count, parsed.GetValue(seed), test: true, size: parsed.GetValue(size));
            var codes = trained.Encode(found.Pixels);
            Npz.Write(path, [(Code, StoredArray.Of(codes)), .. Labels(found)]);
            context.Output.WriteLine($"{path}: {codes.Sizes[0]} codes of {codes.Sizes[1]} numbers");
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<(string, StoredArray)> Labels(Images images) =>
        images.Labels is { } labels ? [(Label, StoredArray.Of(labels))] : [];
}
