namespace AutoDiffAE.Reading;

/// <summary>A derivation as plain text for a terminal, or as Markdown.</summary>
public static class DerivationText
{
    /// <summary>Aligned lines; what is too long for the width goes on under itself.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="width">Columns, at least 40.</param>
    public static IEnumerable<string> Lines(Derivation derivation, int width = 100)
    {
        var name = Widest(derivation.Forward.Select(f => f.Name));
        yield return "forward";
        foreach (var line in derivation.Forward)
            foreach (var part in Wrapped($"  {line.Name.PadRight(name)} = {line.Formula}", $"{line.Shape}", width)) yield return part;
        yield return "";
        yield return "backward";
        yield return $"  {derivation.Steps.FirstOrDefault()?.Cotangent ?? "dcost"} = 1";
        foreach (var (step, i) in derivation.Steps.Select((s, i) => (s, i)))
        {
            yield return "";
            foreach (var part in Wrapped($"  {i + 1}. {step.Line}", step.Rule, width)) yield return part;
            foreach (var part in Wrapped($"     {step.Statement}", "", width)) yield return part;
            foreach (var equation in step.Equations)
                foreach (var part in Wrapped($"       {equation}", $"{equation.Shape}", width)) yield return part;
            foreach (var note in step.Notes)
                foreach (var part in Wrapped($"       ({note})", "", width)) yield return part;
        }
        foreach (var gradient in derivation.Gradients)
        {
            yield return "";
            yield return $"gradient with respect to {gradient.Name} {gradient.Variable.Shape}";
            foreach (var (law, times) in Laws(gradient))
                foreach (var part in Wrapped($"  {law.Law}", $"{law.Name}{times}", width)) yield return part;
            foreach (var formula in gradient.Formula.Split('\n')) yield return $"  {formula}";
            if (gradient.Matrix is { } matrix)
                foreach (var part in Wrapped($"  in matrix form: {matrix.Text}", "", width)) yield return part;
        }
    }

    /// <summary>Headings, code and lists.</summary>
    public static IEnumerable<string> Markdown(Derivation derivation)
    {
        yield return "| value | formula | shape |";
        yield return "|---|---|---|";
        foreach (var line in derivation.Forward) yield return $"| `{line.Name}` | `{Cell(line.Formula)}` | `{line.Shape}` |";
        yield return "";
        foreach (var (step, i) in derivation.Steps.Select((s, i) => (s, i)))
        {
            yield return $"{i + 1}. `{step.Line}`, by the rule of *{step.Rule}*: {step.Statement}";
            foreach (var equation in step.Equations) yield return $"   * `{equation}`, of shape `{equation.Shape}`";
            foreach (var note in step.Notes) yield return $"   * {note}";
        }
        foreach (var gradient in derivation.Gradients)
        {
            yield return "";
            yield return $"**Gradient with respect to `{gradient.Name}`**{(gradient.Laws.Count == 0 ? "" : ", by")}";
            if (gradient.Laws.Count > 0) yield return "";
            foreach (var (law, times) in Laws(gradient)) yield return $"* {law.Law} (*{law.Name}*{times})";
            yield return "";
            yield return "```text";
            foreach (var line in gradient.Formula.Split('\n')) yield return line;
            yield return "```";
            if (gradient.Matrix is not { } matrix) continue;
            yield return "";
            yield return $"In matrix form: `{matrix.Text}`";
        }
    }

    /// <summary>Each law once, in the order of its first use, with how often it was used.</summary>
    private static IEnumerable<(Rewriting.Rewrite Law, string Times)> Laws(DerivedGradient gradient) =>
        gradient.Laws.GroupBy(f => f.Rewrite).Select(g => (g.Key, g.Count() > 1 ? $" x{g.Count()}" : ""));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static int Widest(IEnumerable<string> names) => names.Select(n => n.Length).DefaultIfEmpty(0).Max();

    /// <summary>A line with something at its right end; broken at blanks where it is too long, and then indented.</summary>
    private static IEnumerable<string> Wrapped(string text, string right, int width)
    {
        var indent = new string(' ', text.Length - text.TrimStart().Length + 4);
        var room = Math.Max(40, width) - (right.Length > 0 ? right.Length + 2 : 0);
        var first = true;
        while (true)
        {
            var length = text.Length <= room ? text.Length : text.LastIndexOf(' ', room - 1) is var blank && blank > indent.Length ? blank : text.IndexOf(' ', indent.Length) is var next && next > 0 ? next : text.Length;
            var part = text[..length];
            yield return first && right.Length > 0 ? $"{part.PadRight(room)}  {right}" : part;
            if (length == text.Length) yield break;
            (text, first) = (indent + text[length..].TrimStart(), false);
        }
    }
}
