using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiffAE.Layers;

/// <summary>A network as a table of text: a line for each layer, and the sum of what it learns.</summary>
public static class NetworkTable
{
    public static ImmutableArray<string> Lines(Network network)
    {
        var rows = network.Summary();
        string[][] cells =
        [
            ["layer", "kind", "output", "parameters"],
            .. rows.Select(r => new[] { r.Name, r.Kind, r.Output.ToString(), Number(r.Parameters) }),
            ["", "", "in all", Number(rows.Sum(r => r.Parameters))],
        ];
        var widths = Enumerable.Range(0, 4).Select(column => cells.Max(row => row[column].Length)).ToArray();
        return [.. cells.Select(row => $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadRight(widths[2])}  {row[3].PadLeft(widths[3])}")];
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
