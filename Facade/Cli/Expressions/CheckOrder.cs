using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>The check of one order: the worst element of each variable's gradient, and the laws.</summary>
/// <param name="Connected">The variables that have a gradient.</param>
/// <param name="Disconnected">Those that have none.</param>
/// <param name="Faults">The laws that are broken, but for differences at kinks.</param>
internal sealed record CheckOrder(
    CheckPoint Point, ImmutableArray<Expr> Connected, ImmutableArray<Expr> Disconnected, ImmutableArray<GradientComparison> Rows, ImmutableArray<GradientFault> Faults)
{
    private static readonly ImmutableArray<string> Titles = ["argument", "shape", "worst element", "symbolic", "differences", "error", "tolerance", "verdict"];

    /// <summary>Null where the expression depends on none of the variables in a differentiable way.</summary>
    public static CheckOrder? Of(CheckPoint point, Expr y, ImmutableArray<Expr> variables, Pullbacks pullbacks, int seed)
    {
        var results = Tape.Of(y, variables, pullbacks, Expr.Variable("u", y.Shape)).Results;
        ImmutableArray<Expr> connected = [.. variables.Where((_, i) => results[i] is not null)];
        if (connected.IsEmpty) return null;
        var rows = GradientComparison.Worst(y, connected, point.Values, pullbacks, seed);
        var kinks = rows.Where(r => Of(r) == CheckVerdict.Subgradient).Select(r => Printer.Short(r.Argument)).ToHashSet();
        var report = GradientCheck.Of(y, connected, point.Values, pullbacks, seed);
        return new(point, connected, [.. variables.Except(connected)], rows,
            [.. report.Faults.Where(f => f.Law != GradientCheck.ByDifferences || f.Argument is null || !kinks.Contains(f.Argument))]);
    }

    public CheckVerdict Verdict => Faults.IsEmpty ? Rows.Select(Of).Append(CheckVerdict.Right).Max() : CheckVerdict.Wrong;

    public string Sentence => Verdict switch
    {
        CheckVerdict.Right => "right",
        CheckVerdict.Subgradient => "a value stands at a kink, where the gradient is a subgradient; nothing is wrong, but order 2 was not checked: give other values",
        _ when Faults.Select(f => f.Rule).FirstOrDefault(r => r is not null) is { } rule => $"wrong: the rule to blame is that of {rule}",
        _ => "wrong: every rule on the tape is right by itself",
    };

    public IEnumerable<string> Lines()
    {
        string[][] cells =
        [
            [.. Titles], .. Rows.Select(Cells),
            .. Disconnected.Select(x => new[] { Printer.Short(x), $"{Sizes(x)}", "", "", "", "", "", "no gradient" }),
        ];
        int[] widths = [.. Titles.Select((_, column) => cells.Max(row => row[column].Length))];
        string Padded(string cell, int column) => column is >= 3 and <= 6 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]);
        foreach (var row in cells) yield return string.Join("  ", row.Select(Padded)).TrimEnd();
        foreach (var (x, total, compared) in Rows.Select(r => (r.Argument, Point[r.Argument].Length, r.Compared)).Where(r => r.Compared < r.Length))
            yield return string.Create(CultureInfo.InvariantCulture, $"of {Printer.Short(x)} {compared:N0} of {total:N0} elements, ")
                + "taken at random, are compared one by one, and all together along a random direction";
        foreach (var law in GradientCheck.Laws)
        {
            var broken = Faults.Where(f => f.Law == law).ToList();
            if (broken.Count > 0)
                foreach (var fault in broken) yield return $"broken: {fault}";
            else if (law != GradientCheck.ByDifferences || Verdict == CheckVerdict.Right) yield return $"holds: {law}";
        }
    }

    private static CheckVerdict Of(GradientComparison row) => row.Agrees ? CheckVerdict.Right : row.IsSubgradient ? CheckVerdict.Subgradient : CheckVerdict.Wrong;

    private Shape Sizes(Expr x) => Shape.Of(Point[x].Sizes.ToArray());

    private string[] Cells(GradientComparison row) =>
    [
        Printer.Short(row.Argument),
        $"{Sizes(row.Argument)}",
        $"[{string.Join(", ", row.Element)}]",
        Number(row.Found, "G10"),
        Number(row.Expected.Value, "G10"),
        Number(row.Error, "0.0e+00"),
        Number(row.Expected.Error, "0.0e+00"),
        Of(row) switch
        {
            CheckVerdict.Right => "right",
            CheckVerdict.Subgradient => $"kink: slopes {Number(row.Slopes!.Value.Left, "G4")} and {Number(row.Slopes!.Value.Right, "G4")}",
            _ => FiniteDifferences.IsGood(row.Expected) ? "wrong" : "wrong: differences do not settle",
        },
    ];

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
