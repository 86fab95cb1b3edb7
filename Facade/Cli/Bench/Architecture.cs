using System.CommandLine;
using AutoDiffAE.Autoencoders;

namespace AutoDiffAE.Cli;

/// <summary>The options by which train and bench vary the standard network.</summary>
internal sealed record Architecture(Option<int> Code, Option<int> Filters, Option<int> FilterSize)
{
    public static Architecture Options() => new(
        Cli.Options.Whole("--code", 40, "Numbers that an image becomes"),
        Cli.Options.Whole("--filters", 32, "Filters of the first convolution, and images in the decoder"),
        Cli.Options.Whole("--filter-size", 7, "Side of the square filters"));

    public ConvolutionalAutoencoder For(ParseResult parsed, int side) =>
        new(side, side, 1, parsed.GetValue(Filters), parsed.GetValue(FilterSize), parsed.GetValue(Code));
}
