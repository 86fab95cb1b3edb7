namespace AutoDiffAE.Reading;

/// <summary>A derivation as plain text for a terminal.</summary>
public static class DerivationText
{
    /// <summary>Names are aligned up to this length.</summary>
    private const int WidestName = 16;

    /// <summary>Aligned lines; what is too long for the width goes on under itself.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="width">Columns, at least 40.</param>
    /// <param name="paint">Colours a part of a line; none when it is not given.</param>
    public static IEnumerable<string> Lines(Derivation derivation, int width = 100, Func<TextRole, string, string>? paint = null)
    {
        var layout = new TextLayout(width, paint ?? TextLayout.Plain);
        foreach (var part in Remarks(derivation.Remarks, layout)) yield return part;
        var name = Widest(derivation.Forward.Select(f => f.Name));
        yield return layout.Paint(TextRole.Heading, "forward");
        foreach (var line in derivation.Forward)
            foreach (var part in layout.Lines($"  {line.Name.PadRight(name)} = {line.Formula}", TextRole.Value, $"{line.Shape}")) yield return part;
        yield return "";
        yield return layout.Paint(TextRole.Heading, "backward");
        yield return $"  {derivation.Steps.FirstOrDefault()?.Cotangent ?? "dcost"} = 1";
        foreach (var (step, i) in derivation.Steps.Select((s, i) => (s, i)))
        {
            yield return "";
            foreach (var part in layout.Lines($"  {i + 1}. {step.Line}", TextRole.Value, step.Rule, TextRole.Rule)) yield return part;
            foreach (var part in layout.Lines($"     {step.Statement}", TextRole.Statement)) yield return part;
            foreach (var where in step.Where)
                foreach (var part in layout.Lines($"       with {where.Name} = {where.Formula}", TextRole.Equation, $"{where.Node.Shape}")) yield return part;
            foreach (var equation in step.Equations)
                foreach (var part in layout.Lines($"       {equation}", TextRole.Equation, $"{equation.Shape}")) yield return part;
            foreach (var note in step.Notes)
                foreach (var part in layout.Lines($"       ({note})", TextRole.Note)) yield return part;
        }
        foreach (var gradient in derivation.Gradients)
        {
            yield return "";
            yield return layout.Paint(TextRole.Heading, $"gradient with respect to {gradient.Name} {gradient.Variable.Shape}");
            foreach (var (law, times) in Laws(gradient))
                foreach (var part in layout.Lines($"  {law.Law}", TextRole.Note, $"{law.Name}{times}", TextRole.Rule)) yield return part;
            foreach (var formula in gradient.Formula.Split('\n'))
                foreach (var part in layout.Lines($"  {formula}", TextRole.Equation)) yield return part;
            if (gradient.Matrix is { } matrix)
                foreach (var part in layout.Lines($"  in matrix form: {matrix.Text}", TextRole.Equation)) yield return part;
        }
    }

    /// <summary>Headings, code and lists.</summary>
    public static IEnumerable<string> Markdown(Derivation derivation) => DerivationMarkdown.Lines(derivation);

    /// <summary>What is taken for all layers, each in a few lines.</summary>
    public static IEnumerable<string> Lines(LayerDerivation derivation, int width = 100, Func<TextRole, string, string>? paint = null)
    {
        var layout = new TextLayout(width, paint ?? TextLayout.Plain);
        foreach (var part in Remarks(derivation.Remarks, layout)) yield return part;
        var name = Widest(derivation.Layers.Select(f => f.Name));
        yield return layout.Paint(TextRole.Heading, "forward");
        foreach (var layer in derivation.Layers)
        {
            foreach (var where in layer.Where)
                foreach (var part in layout.Lines($"  with {where.Name} = {where.Formula}", TextRole.Value, $"{where.Node.Shape}")) yield return part;
            foreach (var part in layout.Lines($"  {layer.Name.PadRight(name)} = {layer.Formula}", TextRole.Value, $"{layer.Shape}")) yield return part;
        }
        yield return "";
        yield return layout.Paint(TextRole.Heading, "backward");
        var asked = derivation.Gradients.Select(g => g.Cotangent).ToHashSet(StringComparer.Ordinal);
        foreach (var layer in derivation.Layers.Reverse().Where(l => l.Cotangent is not null))
        {
            var seed = layer.Name == derivation.Cost ? $", {layer.Cotangent} = 1" : $", which has {layer.Cotangent}";
            foreach (var part in layout.Lines($"  {layer.Name}{seed}", TextRole.Value, layer.Words, TextRole.Rule)) yield return part;
            foreach (var where in layer.Parts)
                foreach (var part in layout.Lines($"    with {where.Name} = {where.Formula}", TextRole.Equation, $"{where.Node.Shape}")) yield return part;
            foreach (var equation in layer.Equations)
                foreach (var part in layout.Lines($"    {equation}", TextRole.Equation, $"{(asked.Contains(equation.Target) ? "gradient " : "")}{equation.Shape}")) yield return part;
        }
    }

    /// <summary>Names and shapes, and nothing else.</summary>
    public static IEnumerable<string> Names(Derivation derivation, int width = 100, Func<TextRole, string, string>? paint = null)
    {
        var layout = new TextLayout(width, paint ?? TextLayout.Plain);
        foreach (var part in Remarks(derivation.Remarks, layout)) yield return part;
        var column = Widest(derivation.Forward.Select(f => f.Name).Concat(derivation.Cotangents.Values));
        string Row(string name, string shape) => $"  {name.PadRight(column)}  {shape}";
        yield return layout.Paint(TextRole.Heading, "forward");
        foreach (var line in derivation.Forward) yield return Row(line.Name, $"{line.Shape}");
        yield return layout.Paint(TextRole.Heading, "backward");
        foreach (var step in derivation.Steps) yield return Row(step.Cotangent, $"{step.Step.Node.Shape}");
        yield return layout.Paint(TextRole.Heading, "gradients");
        foreach (var gradient in derivation.Gradients) yield return Row(derivation.Cotangents.GetValueOrDefault(gradient.Variable, $"d{gradient.Name}"), $"{gradient.Variable.Shape}");
    }

    private static IEnumerable<string> Remarks(IReadOnlyCollection<string> remarks, TextLayout layout)
    {
        foreach (var remark in remarks)
            foreach (var part in layout.Lines(remark, TextRole.Note)) yield return part;
        if (remarks.Count > 0) yield return "";
    }

    /// <summary>Each law once, in the order of its first use, with how often it was used.</summary>
    internal static IEnumerable<(Rewriting.Rewrite Law, string Times)> Laws(DerivedGradient gradient) =>
        gradient.Laws.GroupBy(f => f.Rewrite).Select(g => (g.Key, g.Count() > 1 ? $" x{g.Count()}" : ""));

    private static int Widest(IEnumerable<string> names) => Math.Min(WidestName, names.Select(n => n.Length).DefaultIfEmpty(0).Max());
}
