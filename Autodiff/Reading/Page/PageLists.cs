using static AutoDiffAE.Reading.Markup;

namespace AutoDiffAE.Reading;

/// <summary>What stands below the graphs: where the values are from, what is computed, the steps back, and the results.</summary>
internal static class PageLists
{
    private const int MostLines = 400;

    public static IEnumerable<string> Values(Valuation? valuation)
    {
        if (valuation is null) yield break;
        yield return $"<section class=\"source\" aria-label=\"where the values are from\"><h2>Values</h2><ul>{string.Concat(valuation.Source.Select(line => $"<li>{Text(line)}</li>"))}</ul></section>";
    }

    public static IEnumerable<string> Whole(PageGraph graph)
    {
        var derivation = graph.Derivation;
        yield return "<div class=\"lists\" id=\"steps\"><section class=\"f\" aria-label=\"what is computed\"><h2>What is computed</h2><ol class=\"forward\">";
        var number = graph.Nodes.Select((n, i) => (n.Node, i)).ToDictionary(p => p.Node, p => p.i);
        foreach (var line in derivation.Forward)
        {
            var node = number[line.Node];
            var step = graph.Nodes[node].Step;
            yield return $"<li id=\"value-{node}\" data-of=\"{node}\"><code>{Text(line.Name)} = {Text(line.Formula)}</code> <span class=\"shape\">{Text($"{line.Shape}")}</span>{(step > 0 ? $" <a href=\"#step-{step}\">step {step}</a>" : "")}</li>";
        }
        yield return "</ol></section><section class=\"b\" aria-label=\"the steps back\"><h2>The steps back</h2><ol class=\"backward\">";
        foreach (var (step, i) in derivation.Steps.Select((s, i) => (s, i + 1)))
        {
            yield return $"<li id=\"step-{i}\" data-step=\"{i}\"><details open=\"open\"><summary><code>{Text(step.Line)}</code> <span class=\"rule\">{Text(step.Rule)}</span></summary>";
            yield return $"<p class=\"statement\">{Text(step.Statement)}</p>";
            foreach (var where in step.Where) yield return $"<p class=\"equation\">with <code>{Text($"{where.Name} = {where.Formula}")}</code> <span class=\"shape\">{Text($"{where.Node.Shape}")}</span></p>";
            foreach (var equation in step.Equations) yield return $"<p class=\"equation\"><code>{Text($"{equation}")}</code> <span class=\"shape\">{Text($"{equation.Shape}")}</span></p>";
            foreach (var note in step.Notes) yield return $"<p class=\"note\">{Text(note)}</p>";
            yield return "</details></li>";
        }
        yield return "</ol></section></div>";
    }

    /// <summary>Lists of which the script makes as much as is in sight.</summary>
    public static IEnumerable<string> Windows(PageGraph graph)
    {
        yield return "<div class=\"lists\" id=\"steps\"><p class=\"find\"><label for=\"find\">Find a value by its name</label> <input type=\"search\" id=\"find\" autocomplete=\"off\"/></p>";
        yield return $"<section class=\"f\" aria-label=\"what is computed\"><h2>What is computed <small>{graph.Nodes.Length} values</small></h2><div class=\"window\" data-list=\"nodes\" tabindex=\"0\" role=\"list\"></div></section>";
        yield return $"<section class=\"b\" aria-label=\"the steps back\"><h2>The steps back <small>{graph.Steps.Length} steps</small></h2><div class=\"window\" data-list=\"steps\" tabindex=\"0\" role=\"list\"></div></section></div>";
        yield return "<noscript><p>The lists of so large a graph are made by a script.</p></noscript>";
    }

    public static IEnumerable<string> Results(Derivation derivation)
    {
        yield return "<div class=\"results\">";
        foreach (var gradient in derivation.Gradients)
        {
            yield return $"<section class=\"result\"><h2>∂{Text(derivation.Names.GetValueOrDefault(derivation.Cost, "cost"))}/∂{Text(gradient.Name)} <span class=\"shape\">{Text($"{gradient.Variable.Shape}")}</span></h2><pre>{Text(Beginning(gradient.Formula))}</pre>";
            if (gradient.Laws.Count > 0) yield return $"<details open=\"open\"><summary>simplified by</summary><ul>{string.Concat(gradient.Laws.GroupBy(l => l.Rewrite).Select(l => $"<li>{Text(l.Key.Law)} <span class=\"rule\">{Text(l.Key.Name)}{(l.Count() > 1 ? $", {l.Count()} times" : "")}</span></li>"))}</ul></details>";
            yield return "</section>";
        }
        yield return "</div>";
    }

    private static string Beginning(string formula) => formula.Split('\n') is { Length: > MostLines } lines
        ? $"{string.Join('\n', lines.Take(MostLines))}\n… and {lines.Length - MostLines} lines more" : formula;
}
