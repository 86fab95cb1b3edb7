using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Data;

namespace AutoDiffAE.Reports;

/// <summary>A chart of training and validation error by epoch, as SVG that needs nothing beside itself and follows a light or dark page.</summary>
public static class LossChart
{
    private const double Width = 720, Height = 420, Left = 72, Right = 24, Top = 72, Bottom = 56;

    private const string Style = """
        text { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; font-size: 13px; fill: #52514e; }
        .title { font-size: 16px; font-weight: 600; fill: #0b0b0b; }
        .page { fill: #fcfcfb; }
        .grid { stroke: #e4e3df; stroke-width: 1; }
        .axis { stroke: #a9a8a2; stroke-width: 1; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .train { stroke: #2a78d6; } .train-dot { fill: #2a78d6; }
        .validation { stroke: #d1600a; } .validation-dot { fill: #d1600a; }
        .best { fill: #fcfcfb; stroke: #d1600a; stroke-width: 2; }
        @media (prefers-color-scheme: dark) {
          text { fill: #c3c2b7; }
          .title { fill: #ffffff; }
            .page { fill: #1a1a19; }
          .grid { stroke: #343432; }
          .axis { stroke: #6b6a66; }
          .train { stroke: #5a9bea; } .train-dot { fill: #5a9bea; }
          .validation { stroke: #f0883e; } .validation-dot { fill: #f0883e; }
          .best { fill: #1a1a19; stroke: #f0883e; }
        }
        """;

    /// <summary>Writes <see cref="Svg"/> to a file.</summary>
    /// <exception cref="DataException">The file cannot be written.</exception>
    public static void Write(string path, History history, string title = "Error by epoch") => AtomicFile.WriteText(path, Svg(history, title));

    /// <summary>
    /// The chart; errors that are not finite are left out of the lines. The error axis is logarithmic unless told otherwise or an error
    /// is not positive.
    /// </summary>
    public static string Svg(History history, string title = "Error by epoch", bool logarithmic = true)
    {
        var train = Points(history, e => e.TrainError);
        var validation = Points(history, e => e.ValidationError);
        ImmutableArray<(int Epoch, double Error)> all = [.. train.Concat(validation).SelectMany(run => run)];
        var errors = ErrorAxis.Of([.. all.Select(p => p.Error)], logarithmic);
        var (first, last) = history.Epochs.IsEmpty ? (1, 1) : (history.Epochs.Min(e => e.Epoch), history.Epochs.Max(e => e.Epoch));

        double X(double epoch) => Left + (Width - Left - Right) * (first == last ? 0.5 : (epoch - first) / (last - first));
        double Y(double error) => Height - Bottom - (Height - Top - Bottom) * errors.Fraction(error);

        return string.Join('\n',
        [
            Line($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img">"""),
            $"<title>{Escaped(title)}</title>",
            $"<style>\n{Style}\n</style>",
            Line($"""<rect class="page" width="{Width}" height="{Height}"/>"""),
            Line($"""<text class="title" x="{Left}" y="28">{Escaped(title)}</text>"""),
            .. errors.Ticks.SelectMany(t => new[]
            {
                Line($"""<line class="grid" x1="{Left}" y1="{Y(t):0.##}" x2="{Width - Right}" y2="{Y(t):0.##}"/>"""),
                Line($"""<text x="{Left - 8}" y="{Y(t) + 4.5:0.##}" text-anchor="end">{t:G4}</text>"""),
            }),
            Line($"""<line class="axis" x1="{Left}" y1="{Height - Bottom}" x2="{Width - Right}" y2="{Height - Bottom}"/>"""),
            .. EpochTicks(first, last).SelectMany(t => new[]
            {
                Line($"""<line class="axis" x1="{X(t):0.##}" y1="{Height - Bottom}" x2="{X(t):0.##}" y2="{Height - Bottom + 4}"/>"""),
                Line($"""<text x="{X(t):0.##}" y="{Height - Bottom + 20}" text-anchor="middle">{t}</text>"""),
            }),
            Line($"""<text x="{(Left + Width - Right) / 2}" y="{Height - 14}" text-anchor="middle">epoch</text>"""),
            Line($"""<text transform="translate(20 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">{errors.Label}</text>"""),
            .. Series(train, "train", X, Y),
            .. Series(validation, "validation", X, Y),
            .. Best(history, X, Y),
            .. Legend(),
            "</svg>\n",
        ]);
    }

    // Runs of finite errors: a gap in the errors is a gap in the line.
    private static ImmutableArray<ImmutableArray<(int Epoch, double Error)>> Points(History history, Func<EpochRecord, double> error) =>
        history.Epochs.Aggregate(
            ImmutableArray<ImmutableArray<(int, double)>>.Empty.Add([]),
            (runs, e) => double.IsFinite(error(e)) ? runs.SetItem(runs.Length - 1, runs[^1].Add((e.Epoch, error(e))))
                : runs[^1].IsEmpty ? runs
                : runs.Add([]));

    private static IEnumerable<string> Series(
        ImmutableArray<ImmutableArray<(int Epoch, double Error)>> runs, string name, Func<double, double> x, Func<double, double> y) =>
        runs.Where(run => !run.IsEmpty).Select(run => run.Length == 1
            ? Line($"""<circle class="{name}-dot" cx="{x(run[0].Epoch):0.##}" cy="{y(run[0].Error):0.##}" r="4"/>""")
            : $"""<polyline class="line {name}" points="{string.Join(' ', run.Select(p => Line($"{x(p.Epoch):0.##},{y(p.Error):0.##}")))}"/>""");

    // The words stand in the legend: beside the mark they would lie on the lines.
    private static IEnumerable<string> Best(History history, Func<double, double> x, Func<double, double> y) =>
        history.Best is { } best
            ?
            [
                Line($"""<circle class="best" cx="{x(best.Epoch):0.##}" cy="{y(best.ValidationError):0.##}" r="5"/>"""),
                Line($"""<circle class="best" cx="{Left + 205}" cy="47.5" r="5"/>"""),
                Line($"""<text x="{Left + 217}" y="52">best {best.ValidationError:G4}, epoch {best.Epoch}</text>"""),
            ]
            : [];

    private static IEnumerable<string> Legend() =>
        new[] { ("train", Left), ("validation", Left + 80) }.SelectMany(entry => new[]
        {
            Line($"""<line class="line {entry.Item1}" x1="{entry.Item2}" y1="47.5" x2="{entry.Item2 + 22}" y2="47.5"/>"""),
            Line($"""<text x="{entry.Item2 + 29}" y="52">{entry.Item1}</text>"""),
        });

    private static IEnumerable<double> EpochTicks(int first, int last) =>
        Ticks.Linear(first, last, 6, smallestStep: 1).Where(t => t > first).Prepend(first);

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
