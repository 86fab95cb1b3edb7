using static AutoDiffAE.Reading.Markup;

namespace AutoDiffAE.Reading;

/// <summary>
/// A derivation as one page that needs nothing else: the forward graph and the backward graph side by side, what there is to know of the node that is looked
/// at, a player of the steps, and below them the steps and results as lists. It is read by keyboard, in light and dark, on paper and on a telephone, and as XML.
/// </summary>
public static class DerivationHtml
{
    /// <summary>The page, in lines.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="valuation">Its values; the page has none of them where they are left out.</param>
    public static IEnumerable<string> Lines(Derivation derivation, Valuation? valuation = null)
    {
        var graph = PageGraph.Of(derivation, valuation);
        var (cost, steps) = (derivation.Names.GetValueOrDefault(derivation.Cost, "cost"), derivation.Steps.Length);
        var wrt = derivation.Gradients.Select(g => g.Name).ToList();
        yield return "<!DOCTYPE html>";
        yield return "<html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>";
        yield return $"<title>The gradient of {Text(cost)} with respect to {Text(string.Join(", ", wrt))}</title>";
        yield return $"<style>{PageAssets.Style}</style></head>";
        yield return $"<body class=\"{(graph.IsLarge ? "large" : "small")}\"><a class=\"skip\" href=\"#steps\">to the list of steps</a>";
        yield return $"<header><div><h1>The gradient of <i class=\"f\">{Text(cost)}</i> with respect to {Listed(wrt)}</h1>{Expression(derivation)}{string.Concat(derivation.Remarks.Select(r => $"<p class=\"remark\">{Text(r)}</p>"))}</div><button type=\"button\" id=\"theme\" aria-label=\"light or dark\"><span aria-hidden=\"true\">◐</span></button></header>";
        yield return "<div class=\"player\" role=\"group\" aria-label=\"the derivation, step by step\">";
        yield return "<button type=\"button\" id=\"first\" aria-label=\"to the start\">⇤</button><button type=\"button\" id=\"back\" aria-label=\"a step back\">←</button><button type=\"button\" id=\"play\" aria-label=\"play\">▶</button><button type=\"button\" id=\"on\" aria-label=\"a step on\">→</button><button type=\"button\" id=\"last\" aria-label=\"to the end\">⇥</button>";
        yield return $"<input type=\"range\" id=\"at\" aria-label=\"step\" min=\"0\" max=\"{steps}\" value=\"{steps}\"/><p id=\"caption\" role=\"status\">{steps} steps</p></div>";
        yield return "<main><section class=\"pane f\" aria-label=\"forward\"><h2>Forward <small>each value from those above it</small></h2><div class=\"canvas\">";
        var drawing = graph.IsLarge ? null : new GraphDrawing(graph);
        foreach (var line in drawing?.Forward() ?? ["<svg class=\"forward\" role=\"group\" aria-label=\"the forward graph around a value\"></svg>"]) yield return line;
        yield return "</div></section><section class=\"pane b\" aria-label=\"backward\"><h2>Backward <small>each cotangent from those below it</small></h2><div class=\"canvas\">";
        foreach (var line in drawing?.Backward() ?? ["<svg class=\"backward\" role=\"group\" aria-label=\"the backward graph around a value\"></svg>"]) yield return line;
        yield return "</div></section><aside id=\"details\" aria-label=\"the value that is looked at\"></aside></main>";
        foreach (var line in PageLists.Values(valuation)) yield return line;
        foreach (var line in graph.IsLarge ? PageLists.Windows(graph) : PageLists.Whole(graph)) yield return line;
        foreach (var line in PageLists.Results(derivation)) yield return line;
        yield return $"<script type=\"application/json\" id=\"data\">{PageData.Of(graph)}</script>";
        yield return $"<script>//<![CDATA[\n{PageAssets.Script}//]]></script></body></html>";
    }

    private static string Listed(List<string> names) => string.Join(", ", names.Select(n => $"<i class=\"b\">{Text(n)}</i>")) is var all && names.Count < 2 ? all
        : string.Concat(all.AsSpan(0, all.LastIndexOf(", ", StringComparison.Ordinal)), " and ", all.AsSpan(all.LastIndexOf(", ", StringComparison.Ordinal) + 2));

    /// <summary>The cost in one line, where it fits one.</summary>
    private static string Expression(Derivation derivation) => derivation.Forward.Length <= LinesOfFormula && Graph.Printer.Print(derivation.Cost) is { Length: < LongestFormula } text && !text.Contains('\n', StringComparison.Ordinal)
        ? $"<p class=\"cost\"><code>{Text(text)}</code></p>" : "";

    private const int LinesOfFormula = 60, LongestFormula = 160;
}
