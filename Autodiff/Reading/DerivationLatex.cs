using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>A derivation as a document of LaTeX with amsmath: values in one align, each step with its rule, cotangents with bars.</summary>
public static class DerivationLatex
{
    public static IEnumerable<string> Lines(Derivation derivation)
    {
        var names = derivation.Names.ToDictionary(n => n.Key, n => Latex.Name(n.Value));
        string Bar(Expr node) => Latex.Bar(names[node]);
        yield return @"\documentclass{article}";
        yield return @"\usepackage{amsmath, amssymb}";
        yield return @"\allowdisplaybreaks";
        yield return @"\begin{document}";
        yield return @"\begin{align*}";
        foreach (var (line, last) in Ends(derivation.Forward)) yield return $@"  {names[line.Node]} &= {Latex.Of(line.Node, names, open: true)} && \in {Latex.Space(line.Shape)}{(last ? "" : @" \\")}";
        yield return @"\end{align*}";
        yield return @"\begin{enumerate}";
        foreach (var step in derivation.Steps)
        {
            var own = new Dictionary<Expr, string>(names) { [step.Step.Cotangent] = Bar(step.Step.Node) };
            yield return $@"\item ${names[step.Step.Node]} = {Latex.Of(step.Step.Node, names, open: true)}$, by the rule of \emph{{{Latex.Escaped(step.Rule)}}}:";
            var pairs = step.Step.Node.Args.Zip(step.Step.Contributions).Where(a => a.Second is not null && derivation.Cotangents.ContainsKey(a.First)).Zip(step.Equations).ToList();
            if (pairs.Count > 0) yield return @"  \begin{align*}";
            foreach (var (((arg, contribution), equation), last) in Ends(pairs.Select(p => ((p.First.First, p.First.Second!), p.Second)).ToList()))
                yield return $@"    {Bar(arg)} &\mathrel{{{(equation.Adds ? "{+}{=}" : "=")}}} {Latex.Of(contribution, own)} && \in {Latex.Space(equation.Shape)}{(last ? "" : @" \\")}";
            if (pairs.Count > 0) yield return @"  \end{align*}";
            foreach (var note in step.Notes) yield return $"  ({Latex.Escaped(note)})";
        }
        yield return @"\end{enumerate}";
        yield return @"\begin{align*}";
        foreach (var (gradient, last) in Ends(derivation.Gradients))
            yield return $@"  \frac{{\partial\,{names[derivation.Cost]}}}{{\partial\,{names[gradient.Variable]}}} &= {gradient.Matrix?.Latex(names) ?? Latex.Of(gradient.Simplified, names)}{(last ? "" : @" \\")}";
        yield return @"\end{align*}";
        yield return @"\end{document}";
    }

    private static IEnumerable<(T Item, bool Last)> Ends<T>(IReadOnlyList<T> items) => items.Select((item, i) => (item, i == items.Count - 1));
}
