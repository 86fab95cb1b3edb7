using System.CommandLine;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;

namespace AutoDiffAE.Cli;

/// <summary>A network that bench and profile know by name, and the options that vary it.</summary>
/// <param name="Name">The verb, and the key of its time in JSON.</param>
/// <param name="Batch">Images in a step when nothing else is said.</param>
internal sealed record MeasuredNetwork(string Name, string About, int Batch, Optimizer Optimizer, IReadOnlyList<Option> Options, Func<ParseResult, Network> Build)
{
    public static MeasuredNetwork Standard()
    {
        var (architecture, side) = (Architecture.Options(), Cli.Options.Whole("--size", 28, "Side of the square images"));
        return new("step", "one training step of the standard network: forward, backward, Nesterov", 128, new NesterovMomentum(0.01, 0.975),
            [architecture.Filters, architecture.FilterSize, architecture.Code, side],
            parsed => architecture.For(parsed, parsed.GetValue(side)).Build());
    }

    public static MeasuredNetwork Second() => new(
        "second", "one training step of a deeper network: six 3x3 convolutions with batch normalisation on images of 64x64, Adam", 64, new Adam(), [],
        _ => SecondNetwork.Build());
}
