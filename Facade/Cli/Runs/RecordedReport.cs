using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Reports;

namespace AutoDiffAE.Cli;

/// <summary>The report of a run from its record.</summary>
internal static class RecordedReport
{
    public static RunReport Of(RunRecord record, TrainedAutoencoder model, Images validation, History history, double baseline) =>
        new($"{Kind(model.Options)} of {ImageSource.Label(record.Run.Data)}", model, validation, history)
        {
            Baseline = baseline,
            TrainImages = record.Train,
            Command = $"autodiffae {string.Join(' ', TrainArguments.Of(record.Run).Select(Quoted))}",
            Circumstances =
            [
                ("data", FormattableString.Invariant($"{record.Run.Data}: {record.Train} images train, {record.Validation} validate, of {model.Options.Height}x{model.Options.Width}{(model.Options.Channels == 1 ? "" : $" and {model.Options.Channels} channels")}; mean {record.Mean:0.00}, deviation {record.Deviation:0.00}")),
                ("runs on", $"{record.Run.Device}, {record.Run.Threads} threads, vectors of {record.VectorBits} bits"),
                .. record.Program is { } program ? new[] { ("program", program) } : [],
            ],
        };

    private static string Kind(ConvolutionalAutoencoder options) => options.Variant is Variant.Plain ? "The convolutional autoencoder" : $"The convolutional autoencoder ({options.Variant})";

    /// <summary>As a shell takes it for one word.</summary>
    private static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c, StringComparison.Ordinal)) && word.Length > 0
        ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
