using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiffAE.Layers;

/// <summary>
/// A network as a table of text: a line for each layer with its output, parameters, MFLOP of an example and receptive field, and the sums. Where
/// layers do not just follow each other, a column says what each is applied to.
/// </summary>
public static class NetworkTable
{
    public static ImmutableArray<string> Lines(Network network)
    {
        var rows = network.Summary();
        var isChain = rows.Skip(1).Zip(rows).All(p => p.First.From.SequenceEqual([p.Second.Name]));
        ImmutableArray<string[]> cells =
        [
            ["layer", "kind", "from", "output", "parameters", "MFLOP", "sees"],
            .. rows.Select(r => new[] { r.Name, r.Kind, string.Join(", ", r.From), r.Output.ToString(), Number(r.Parameters), Millions(r.Flop), string.Join('x', r.Field) }),
            ["", "", "", "in all", Number(rows.Sum(r => r.Parameters)), Millions(rows.Aggregate((double?)0, (sum, r) => sum + r.Flop)), ""],
        ];
        int[] columns = [0, 1, .. isChain ? [] : new[] { 2 }, 3, 4, 5, 6];
        var widths = columns.ToDictionary(c => c, c => cells.Max(row => row[c].Length));
        return [.. cells.Select(row => string.Join("  ", columns.Select(c => c is 4 or 5 ? row[c].PadLeft(widths[c]) : row[c].PadRight(widths[c]))).TrimEnd())];
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Millions(double? flop) => flop is { } count ? (count / 1e6).ToString("0.000", CultureInfo.InvariantCulture) : "";
}
