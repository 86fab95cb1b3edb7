using System.Collections.Immutable;
using System.Text;
using AutoDiffAE.Layers;
using AutoDiffAE.Tensors;
using static AutoDiffAE.Reading.Markup;
using static AutoDiffAE.Reports.Embedded;

namespace AutoDiffAE.Reports;

/// <summary>The page of a <see cref="RunReport"/>. What takes time has the class seconds, so that two reports can be compared without it.</summary>
internal sealed class ReportPage(RunReport report, RunFindings findings)
{
    private const int Shown = 30, Extremes = 10, Wide = 10, MostFilters = 64, MostPaintings = 40, Rows = 5, MostPixelsWide = 840;

    private static readonly string Style = Read();

    private string Judged => findings.Images.Count == report.Validation.Count ? $"{findings.Images.Count} validation images" : $"the first {findings.Images.Count} of {report.Validation.Count} validation images";

    public IEnumerable<string> Lines() =>
    [
        "<!DOCTYPE html>",
        "<html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
        $"<title>{Text(report.Title)}</title><style>{Style}</style></head><body>",
        $"<header><h1>{Text(report.Title)}</h1>{Figures()}</header><main>",
        .. Section("Errors", "of each epoch; standardised pixels, squared", [Svg(LossChart.Svg(report.History, "Error by epoch"), "training and validation error by epoch"), .. Epochs()]),
        .. Section("Reconstructions", $"{Math.Min(Shown, findings.Images.Count)} validation images, and below each what the network makes of it", Pairs(Enumerable.Range(0, Math.Min(Shown, findings.Images.Count)))),
        .. Section("The best and the worst", $"of {Judged}, by their error", BestAndWorst()),
        .. Section("Filters", report.Model.Options.Channels == 1 ? "of the first convolution, each in its own scale: orange adds, blue takes away" : "of the first convolution, each in its own scale, as colours about grey", Filters()),
        .. Section("What each number of the code paints", "the image of the mean code with that number one deviation larger, less the mean code's image; those that change most first", Effects()),
        .. Section("The code in two dimensions", "its first two principal components", Code()),
        .. Section("From one image to another", "in a straight line through the code; the first and the last of a row are images, what is between them was decoded", Between()),
        .. Section("The network", "MFLOP of an image; “sees” is the side of the receptive field", [Table(report.Model.Network)]),
        .. Section("Its gradients", "derived layer by layer from the error of reconstructions: autodiffae explain has every step", ["<pre>", .. DerivationLines.Of(report.Model.Network), "</pre>"]),
        .. Again(),
        "</main></body></html>",
    ];

    private static string[] Section(string title, string note, IEnumerable<string> content) =>
        content.ToArray() is { Length: > 0 } lines ? [$"<section><h2>{Text(title)} <small>{Text(note)}</small></h2>", .. lines, "</section>"] : [];

    private string Figures()
    {
        var seconds = report.History.Epochs.Sum(e => e.Seconds);
        var parameters = report.Model.Network.Summary().Sum(r => r.Parameters);
        ImmutableArray<(string Value, string Name)> figures =
        [
            .. report.History.Best is { } best ? new[] { (Invariant($"{best.ValidationError:0.0000}"), $"validation error, best in epoch {best.Epoch} of {report.History.Epochs.Length}") } : [],
            .. report.History.Best is { } b && report.Baseline is > 0 and var mean ? new[] { (Invariant($"{b.ValidationError / mean:0.000}"), "of the error of predicting the mean image") } : [],
            (Invariant($"{parameters:#,0}"), $"parameters, {Counted(report.Model.Options.CodeLength, "number")} in the code"),
            .. report.History.Epochs.IsEmpty ? [] : new[] { ($"<span class=\"seconds\">{Duration(seconds)}</span>", Speed(seconds)) },
        ];
        return $"<dl>{string.Concat(figures.Select(f => $"<div><dt>{f.Value}</dt><dd>{f.Name}</dd></div>"))}</dl>";
    }

    private string Speed(double seconds) => report.TrainImages is { } images && seconds > 0
        ? $"of training and validation, <span class=\"seconds\">{Invariant($"{(double)images * report.History.Epochs.Length / seconds:#,0}")}</span> images trained a second"
        : "of training and validation";

    private static string Duration(double seconds) => seconds < 100 ? Invariant($"{seconds:0.0} s") : Invariant($"{Math.Floor(seconds / 60):0} min {seconds % 60:00} s");

    private IEnumerable<string> Epochs() => report.History.Epochs.IsEmpty ? [] :
    [
        "<details><summary>as numbers</summary><div class=\"wide\"><table><tr><th>epoch</th><th>train</th><th>validation</th><th>seconds</th></tr>",
        .. report.History.Epochs.Select(e => Invariant($"<tr{(e == report.History.Best ? " class=\"best\"" : "")}><td>{e.Epoch}</td><td>{e.TrainError:0.00000}</td><td>{e.ValidationError:0.00000}</td><td class=\"seconds\">{e.Seconds:0.00}</td></tr>")),
        "</table></div></details>",
    ];

    private IEnumerable<string> Pairs(IEnumerable<int> places)
    {
        var (inputs, outputs) = findings.At(places);
        yield return Picture(ContactSheet.Pairs(Visible.Of(inputs), Visible.Of(outputs), Wide, Scale), "images and below each its reconstruction");
    }

    private IEnumerable<string> BestAndWorst()
    {
        var order = findings.ByError;
        var most = Math.Min(Extremes, order.Length);
        string Range(IEnumerable<int> places) => Invariant($"{places.Min(i => findings.Errors[i]):0.000} to {places.Max(i => findings.Errors[i]):0.000}");
        return
        [
            $"<h3>Best: errors of {Range(order.Take(most))}</h3>", .. Pairs(order.Take(most)),
            $"<h3>Worst: errors of {Range(order.TakeLast(most))}; the median is {Invariant($"{findings.Errors[order[order.Length / 2]]:0.000}")}</h3>", .. Pairs(order.Reverse().Take(most)),
        ];
    }

    /// <summary>Filters over grey images in colours of their sign; those over colour images as colours.</summary>
    private IEnumerable<string> Filters()
    {
        var first = report.Model.Network.Parameters.FirstOrDefault(p => p.Variable.Rank == 4 && p.Variable.Shape[1].Value == report.Model.Options.Channels);
        if (first is null || report.Model.Options.Channels is not (1 or 3)) return [];
        var filters = report.Model.Store[first.Variable];
        filters = filters.Rows(0, Math.Min(MostFilters, filters.Sizes[0]));
        var (each, side) = (filters.Length / filters.Sizes[0], Math.Max(filters.Sizes[2], filters.Sizes[3]));
        var scaled = Tensor<float>.Of(filters.Span.ToArray().Chunk(each).SelectMany(f => f.Max(Math.Abs) is > 0 and var most ? f.Select(v => v / most) : f), [.. filters.Sizes]);
        var drawn = filters.Sizes[1] == 1 ? SignedColours.Of(scaled, 1) : Tensor<float>.Of(scaled.Span.ToArray().Select(v => 127.5f + 127.5f * v), [.. filters.Sizes]);
        return [Picture(ContactSheet.Grid(drawn, 16, Math.Max(1, 42 / side), 8), $"{filters.Sizes[0]} filters of {filters.Sizes[2]}x{filters.Sizes[3]}")];
    }

    private IEnumerable<string> Effects()
    {
        var effects = CodeEffects.Of(report.Model, findings.Codes, MostPaintings);
        if (effects.Units.IsEmpty) return [$"<p>No number of the code differs from image to image.</p>"];
        var grey = Visible.Of(effects.Paintings);
        var drawn = grey.Sizes[1] == 1 ? SignedColours.Of(grey, grey.Span.ToArray().Max(Math.Abs) * 0.8f) : Tensor<float>.Of(grey.Span.ToArray().Select(v => 127.5f + v), [.. grey.Sizes]);
        return
        [
            Picture(ContactSheet.Grid(drawn, Wide, Scale), "what each number of the code adds to and takes from the image"),
            $"<p>From left to right, counted from 0: {string.Join(", ", effects.Units)}.{(effects.Unused == 0 ? "" : $" {effects.Unused} of {report.Model.Options.CodeLength} are the same for every image.")}</p>",
        ];
    }

    private IEnumerable<string> Code()
    {
        var map = new CodeMap(PrincipalComponents.Of(Tensor<double>.Of(findings.Codes.Span.ToArray().Select(v => (double)v), [.. findings.Codes.Sizes])), findings.Images);
        return
        [
            .. map.Points(),
            $"<p>The plane shows {Invariant($"{100 * map.Components.First:0}")} % of the codes’ variance from left to right and {Invariant($"{100 * map.Components.Second:0}")} % from bottom to top. Below, images where their codes lie.</p>",
            .. map.Pictures(),
        ];
    }

    private IEnumerable<string> Between() => Interpolation.Of(report.Model, findings.Images, Rows) is { } images
        ? [Picture(ContactSheet.Grid(Visible.Of(images), Interpolation.Columns, Scale), "rows of images that change from one into another")]
        : [];

    private static string Table(Network network)
    {
        var rows = network.Summary();
        return $"<div class=\"wide\"><table><tr><th>layer</th><th>kind</th><th>from</th><th>output</th><th>parameters</th><th>MFLOP</th><th>sees</th></tr>{string.Concat(rows.Select(r =>
            $"<tr><td>{Text(r.Name)}</td><td>{Text(r.Kind)}</td><td>{Text(string.Join(", ", r.From))}</td><td>{Text($"{r.Output}")}</td><td>{Invariant($"{r.Parameters:#,0}")}</td><td>{(r.Flop is { } flop ? Invariant($"{flop / 1e6:0.000}") : "")}</td><td>{string.Join('×', r.Field)}</td></tr>"))}"
            + $"<tr><td colspan=\"4\">in all</td><td>{Invariant($"{rows.Sum(r => r.Parameters):#,0}")}</td><td>{Invariant($"{rows.Sum(r => r.Flop ?? 0) / 1e6:0.000}")}</td><td></td></tr></table></div>";
    }

    private IEnumerable<string> Again() => Section("To make it again", "the same numbers, bit for bit, on a processor with vectors as wide",
    [
        .. report.Command is { } command ? new[] { $"<pre>{Text(command)}</pre>" } : [],
        .. report.Circumstances.IsEmpty ? [] : new[] { $"<div class=\"wide\"><table class=\"facts\">{string.Concat(report.Circumstances.Select(c => $"<tr><td>{Text(c.Name)}</td><td>{Text(c.Value)}</td></tr>"))}</table></div>" },
    ]);

    /// <summary>A pixel's square, so that ten images are about as wide as the page.</summary>
    private int Scale => Math.Clamp(MostPixelsWide / (Wide * findings.Images.Width), 1, 3);

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Read()
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("report/report.css")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
