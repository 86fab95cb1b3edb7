using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>
/// A derivation as a document of LaTeX with amsmath: values in one align, each step with its rule, cotangents with bars. A formula too wide for a line of
/// an align stands in a paragraph of its own, which TeX breaks.
/// </summary>
public static class DerivationLatex
{
    public static IEnumerable<string> Lines(Derivation derivation)
    {
        var names = derivation.Names.ToDictionary(n => n.Key, n => Latex.Name(n.Value));
        string Bar(Expr node) => Latex.Bar(names[node]);
        yield return @"\documentclass{article}";
        yield return @"\usepackage[utf8]{inputenc}";
        yield return @"\usepackage[margin=2.5cm]{geometry}";
        yield return @"\usepackage{amsmath, amssymb}";
        yield return @"\allowdisplaybreaks";
        yield return @"\begin{document}";
        foreach (var remark in derivation.Remarks) yield return $@"\noindent {Latex.Escaped(remark)}\par";
        foreach (var line in Formulas([.. derivation.Forward.Select(line => new Equation(names[line.Node], "=", Latex.Of(line.Node, names, open: true), line.Shape))], "  ")) yield return line;
        if (derivation.Steps.Length > 0) yield return @"\begin{enumerate}";
        foreach (var step in derivation.Steps)
        {
            var parts = step.Where.ToDictionary(w => w.Node, w => Latex.Name(w.Name));
            string? Name(Expr e) => step.StandsFor.GetValueOrDefault(e, e) is var original && original == step.Step.Cotangent ? Bar(step.Step.Node) : parts.GetValueOrDefault(e) ?? names.GetValueOrDefault(original);
            yield return $@"\item ${names[step.Step.Node]} = {Breaking(Latex.Of(step.Step.Node, names, open: true))}$, by the rule of \emph{{{Latex.Escaped(step.Rule)}}}:";
            var receivers = step.Step.Node.Args.Zip(step.Step.Contributions).Where(a => a.Second is not null && derivation.Cotangents.ContainsKey(a.First)).Select(a => a.First);
            foreach (var line in Formulas(
                [
                    .. step.Where.Select(w => new Equation(parts[w.Node], "=", Latex.Of(w.Node, e => e == w.Node ? null : Name(e)), w.Node.Shape)),
                    .. receivers.Zip(step.Equations, (arg, e) => new Equation(Bar(arg), $@"\mathrel{{{(e.Adds ? "{+}{=}" : "=")}}}", Latex.Of(e.Read, Name), e.Shape)),
                ], "    ")) yield return line;
            foreach (var note in step.Notes) yield return $"  ({Latex.Escaped(note)})";
        }
        if (derivation.Steps.Length > 0) yield return @"\end{enumerate}";
        foreach (var line in Formulas([.. derivation.Gradients.SelectMany(g => Result(derivation, g, names))], "  ")) yield return line;
        yield return @"\end{document}";
    }

    private static IEnumerable<Equation> Result(Derivation derivation, DerivedGradient gradient, Dictionary<Expr, string> names)
    {
        var left = $@"\frac{{\partial\,{names.GetValueOrDefault(derivation.Cost, Latex.Name("cost"))}}}{{\partial\,{names.GetValueOrDefault(gradient.Variable, Latex.Name(gradient.Name))}}}";
        if (gradient.Matrix is { } matrix)
        {
            yield return new(left, "=", matrix.Latex(names), null);
            yield break;
        }
        var count = 0;
        string? Variable(Expr e) => e.Op is Op.Variable ? names.GetValueOrDefault(e) : null;
        var parts = SharedFormulas.Of([gradient.Simplified], Variable, () => $"t{++count}").Where.ToDictionary(w => w.Node, w => Latex.Name(w.Name));
        string? Name(Expr e) => parts.GetValueOrDefault(e) ?? Variable(e);
        foreach (var (node, name) in parts) yield return new(name, "=", Latex.Of(node, Name, open: true), node.Shape);
        yield return new(left, "=", Latex.Of(gradient.Simplified, Name), null);
    }

    /// <param name="Shape">Null where it need not be said.</param>
    private sealed record Equation(string Left, string Sign, string Right, Shape? Shape)
    {
        /// <summary>As many symbols as fit on a line, about.</summary>
        private const int Widest = 62;

        public bool IsWide => Latex.Symbols(Left) + Latex.Symbols(Right) + (Shape is null ? 0 : Latex.Symbols(Latex.Space(Shape)) + 2) > Widest;

        public string Aligned => $"{Left} &{Sign} {Right}{(Shape is null ? "" : $@" && \in {Latex.Space(Shape)}")}";

        public string Paragraph => $@"\begin{{flushleft}} ${Left} {Sign} {Breaking(Right)}{(Shape is null ? "" : $@" \; \in {Latex.Space(Shape)}")}$ \end{{flushleft}}";
    }

    private static IEnumerable<string> Formulas(IReadOnlyList<Equation> equations, string indent)
    {
        for (var i = 0; i < equations.Count;)
        {
            if (equations[i].IsWide)
            {
                yield return $"{indent}{equations[i++].Paragraph}";
                continue;
            }
            yield return $@"{indent[2..]}\begin{{align*}}";
            for (; i < equations.Count && !equations[i].IsWide; i++)
                yield return $"{indent}{equations[i].Aligned}{(i + 1 < equations.Count && !equations[i + 1].IsWide ? @" \\" : "")}";
            yield return $@"{indent[2..]}\end{{align*}}";
        }
    }

    /// <summary>Between delimiters that grow no line breaks, and behind a comma only where it may.</summary>
    private static string Breaking(string formula) => formula
        .Replace(@"\left", "", StringComparison.Ordinal).Replace(@"\right", "", StringComparison.Ordinal)
        .Replace(", ", @", \allowbreak ", StringComparison.Ordinal).Replace("; ", @"; \allowbreak ", StringComparison.Ordinal);
}
