using System.CommandLine;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Exchange;

namespace AutoDiffAE.Cli;

/// <summary><c>export MODEL --format onnx|safetensors|npz --out FILE</c></summary>
internal static class ExportCommand
{
    public static Command Of(Context context)
    {
        var model = new Argument<string>("MODEL") { Description = "A model.npz that train left, or the folder of its run; or a .safetensors file that export made of one" };
        var format = new Option<string>("--format") { Required = true, HelpName = "NAME", Description = "onnx: images in, code and reconstruction out, for other runtimes; safetensors or npz: the parameters by name" };
        var output = Options.Out("FILE", "The file to write");
        var command = new Command("export", "Writes a trained model for other programs.") { model, format, output };
        command.SetAction(parsed =>
        {
            var (given, path) = (parsed.GetRequiredValue(model), parsed.GetRequiredValue(output));
            var source = Directory.Exists(given) ? new RunFolder(given).Model : given;
            var write = Writer(parsed.GetRequiredValue(format), source, path);
            write(TrainedAutoencoder.Load(source));
            context.Output.WriteLine($"{path}: {new FileInfo(path).Length} bytes");
            return ExitCode.Done;
        });
        return command;
    }

    private static Action<TrainedAutoencoder> Writer(string format, string source, string path) => format switch
    {
        "onnx" => trained => Onnx.Write(path, trained),
        "safetensors" => _ => Safetensors.Write(path, Arrays(source)),
        "npz" => _ => Npz.Write(path, Arrays(source)),
        _ => throw new UsageException($"--format {format}: there is no such format, there is onnx, safetensors and npz"),
    };

    private static IEnumerable<(string, StoredArray)> Arrays(string source)
    {
        var file = ArrayFile.Open(source);
        return file.Names.Select(name => (name, file[name]));
    }
}
