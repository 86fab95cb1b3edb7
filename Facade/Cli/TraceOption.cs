using System.CommandLine;
using AutoDiffAE.Reading;
using AutoDiffAE.Tracing;

namespace AutoDiffAE.Cli;

/// <summary><c>--trace-nonfinite</c></summary>
internal static class TraceOption
{
    public const string Name = "--trace-nonfinite";

    public static Option<bool> Of(string when) => new(Name) { Description = $"{when} says which operation made the first NaN or infinity, of which numbers, and where it stands" };

    public static void Write(TextWriter output, NonFiniteTrace? trace, IReadOnlyList<string>? names = null)
    {
        foreach (var line in NonFiniteText.Lines(trace, names)) output.WriteLine(line);
    }
}
