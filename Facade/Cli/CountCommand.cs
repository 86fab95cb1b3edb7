using System.CommandLine;
using System.Globalization;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary><c>count</c></summary>
internal static class CountCommand
{
    private const string About = """
        Counts blobs from few labelled images: a code is learned from images without labels, then a small head on it learns to count; beside it the same head on the pixels and on their sum, and encoder and head together from scratch. Mean absolute errors on images that none has seen, the mean over some draws of the labelled ones.
        """;

    public static Command Of(Context context)
    {
        var labels = Options.Several("--labels", "N,M", "How many labelled images  [default: 50,200,1000]");
        var unlabelled = Options.Whole("--images", 10_000, "Images without labels", 10);
        var epochs = Options.Whole("--epochs", 20, "Passes over them");
        var test = Options.Whole("--test", 2000, "Images to be judged by");
        var draws = Options.Whole("--draws", 3, "Sets of labelled images");
        var code = Options.Whole("--code", 40, "Numbers that an image becomes, of other variants than winners");
        var filters = Options.Optional("--filters", "Filters of the convolution  [default: 16 with winners, else 32]");
        var filterSize = Options.Optional("--filter-size", "Side of the square filters  [default: 13 with winners, else 7]");
        var variant = VariantOption.Of("winners=9");
        var steps = Options.Whole("--steps", 1500, "Steps in which each learns to count");
        var seed = Options.Seed(1, "Of images, weights and orders");
        var runsOn = new RunsOn();
        var command = new Command("count", About) { labels, unlabelled, epochs, test, draws, code, filters, filterSize, variant, steps, seed };
        runsOn.AddTo(command);
        command.SetAction(parsed =>
        {
            var (output, key, backend) = (context.Output, parsed.GetValue(seed), runsOn.Backend(parsed));
            var sizes = Sizes(parsed.GetRequiredValue(labels));
            var chosen = VariantOption.Known(parsed.GetRequiredValue(variant));
            var (usualFilters, usualSize) = Variant.Parse(chosen) is Variant.Winners ? (16, 13) : (32, 7);
            var options = new ConvolutionalAutoencoder(28, 28, Filters: parsed.GetValue(filters) ?? usualFilters, FilterSize: parsed.GetValue(filterSize) ?? usualSize, Code: parsed.GetValue(code), Variation: chosen);
            var split = Split.Of(Blobs.Generate(parsed.GetValue(unlabelled), new BlobOptions(), key));
            var pixels = Standardization.Of(split.Train.Examples);
            var network = options.Build();
            output.WriteLine($"{options.Variant}: a code of {options.CodeLength} numbers, from {split.Train.Count} images without labels; {split.Validation.Count} validate");
            var stepsOfCode = parsed.GetValue(epochs) * Batches.Count(split.Train.Count, 128);
            var optimizer = stepsOfCode > 20 ? new Adam(0.003).With(Schedules.Named("cosine", stepsOfCode, stepsOfCode / 20)) : new Adam(0.003);
            var trainer = new Trainer(AutoencoderTask.Of(options, network, new(key)), optimizer, new TrainingOptions(parsed.GetValue(epochs), 128, key, FlipHalf.Transform), backend);
            trainer.Fit([pixels.Apply(split.Train.Examples)], [pixels.Apply(split.Validation.Examples)], new EpochTable(output, context.Interactive), cancellation: context.Cancellation);
            output.WriteLine();

            var counting = new BlobCounting(new TrainedAutoencoder(options, network, trainer.Store, pixels, backend), parsed.GetValue(steps), Backend: backend);
            var unseen = Blobs.Generate(parsed.GetValue(test), new BlobOptions(), key + 1000);
            output.WriteLine($"mean absolute error of the count on {unseen.Count} other images");
            output.WriteLine("labels    code  pixels     sum  scratch");
            foreach (var size in sizes.TakeWhile(_ => !context.Cancellation.IsCancellationRequested))
            {
                BlobCounting.Errors[] errors = [.. Enumerable.Range(1, parsed.GetValue(draws)).Select(draw => counting.Of(Blobs.Generate(size, new BlobOptions(), key + 2000 + (ulong)draw), unseen, key + (ulong)draw))];
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size,6}  {errors.Average(e => e.Code),6:0.000}  {errors.Average(e => e.Pixels),6:0.000}  {errors.Average(e => e.Sum),6:0.000}  {errors.Average(e => e.Scratch),7:0.000}"));
                output.Flush();
            }
            return context.Cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
        });
        return command;
    }

    private static int[] Sizes(string[] given)
    {
        string[] all = [.. given.SelectMany(g => g.Split(',', StringSplitOptions.TrimEntries))];
        return all.Length == 0 ? [50, 200, 1000] : [.. all.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 10 ? n : throw new UsageException($"--labels {text}: a whole number of at least 10 is needed"))];
    }
}
