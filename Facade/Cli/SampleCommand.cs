using System.CommandLine;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cli;

/// <summary><c>sample MODEL --out PNG</c></summary>
internal static class SampleCommand
{
    public static Command Of(Context context)
    {
        var model = new Argument<string>("MODEL") { Description = "A model.npz that train --variant variational left" };
        var images = Options.Whole("--images", 100, "How many");
        var seed = Options.Seed(1, "Of the codes");
        var runsOn = new RunsOn();
        var output = Options.Out("PNG", "The picture");
        var command = new Command("sample", "Draws images that nobody drew: what a variational autoencoder makes of codes from the standard normal distribution.") { model, images, seed, output };
        runsOn.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            var trained = TrainedAutoencoder.Load(parsed.GetRequiredValue(model), runsOn.Backend(parsed));
            if (trained.Options.Variant is not Variant.Variational)
                throw new UsageException($"sample {parsed.GetRequiredValue(model)}: is a model of the variant {trained.Options.Variant}, whose codes have no known distribution; train --variant variational makes one that has");
            var codes = Tensor<float>.Build([parsed.GetValue(images), trained.Options.Code], values => Philox.Normal(new Key(parsed.GetValue(seed)), values));
            Png.Write(path, ContactSheet.Grid(Visible.Of(trained.Decode(codes))));
            context.Output.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }
}
