using System.Net;

namespace AutoDiffAE.Reading;

/// <summary>A derivation as Markdown.</summary>
public static class DerivationMarkdown
{
    /// <summary>Headings, code and lists.</summary>
    public static IEnumerable<string> Lines(Derivation derivation)
    {
        foreach (var remark in derivation.Remarks.SelectMany(r => new[] { r, "" })) yield return remark;
        yield return "| value | formula | shape |";
        yield return "|---|---|---|";
        foreach (var line in derivation.Forward) yield return $"| `{line.Name}` | `{Cell(line.Formula)}` | `{line.Shape}` |";
        yield return "";
        foreach (var (step, i) in derivation.Steps.Select((s, i) => (s, i)))
        {
            yield return $"{i + 1}. `{step.Line}`, by the rule of *{step.Rule}*: {step.Statement}";
            foreach (var where in step.Where) yield return $"   * with `{where.Name} = {where.Formula}`, of shape `{where.Node.Shape}`";
            foreach (var equation in step.Equations) yield return $"   * `{equation}`, of shape `{equation.Shape}`";
            foreach (var note in step.Notes) yield return $"   * {note}";
        }
        foreach (var gradient in derivation.Gradients)
        {
            yield return "";
            yield return $"**Gradient with respect to `{gradient.Name}`**{(gradient.Laws.Count == 0 ? "" : ", by")}";
            if (gradient.Laws.Count > 0) yield return "";
            foreach (var (law, times) in DerivationText.Laws(gradient)) yield return $"* {law.Law} (*{law.Name}*{times})";
            yield return "";
            yield return "```text";
            foreach (var line in gradient.Formula.Split('\n')) yield return line;
            yield return "```";
            if (gradient.Matrix is not { } matrix) continue;
            yield return "";
            yield return $"In matrix form: `{matrix.Text}`";
        }
    }

    /// <summary>A table of layers, and each in a part that opens.</summary>
    public static IEnumerable<string> Lines(LayerDerivation derivation)
    {
        foreach (var remark in derivation.Remarks.SelectMany(r => new[] { r, "" })) yield return remark;
        yield return "| layer | what it does | shape |";
        yield return "|---|---|---|";
        foreach (var layer in derivation.Layers) yield return $"| `{layer.Name}` | {Cell(layer.Words)} | `{layer.Shape}` |";
        foreach (var layer in derivation.Layers.Reverse())
        {
            yield return "";
            yield return $"<details><summary><code>{WebUtility.HtmlEncode(layer.Name)}</code>: {WebUtility.HtmlEncode(layer.Words)}, <code>{layer.Shape}</code></summary>";
            yield return "";
            foreach (var where in layer.Where) yield return $"* with `{where.Name} = {where.Formula}`, of shape `{where.Node.Shape}`";
            yield return $"* `{layer.Name} = {layer.Formula}`";
            if (layer.Cotangent is { } cotangent) yield return $"* its cotangent is `{cotangent}{(layer.Name == derivation.Cost ? " = 1" : "")}`; back from it";
            foreach (var where in layer.Parts) yield return $"  * with `{where.Name} = {where.Formula}`, of shape `{where.Node.Shape}`";
            foreach (var equation in layer.Equations) yield return $"  * `{equation}`, of shape `{equation.Shape}`";
            yield return "";
            yield return "</details>";
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
