namespace AutoDiffAE.Reading;

/// <summary>The forward graph and, against it, the cotangents, for Graphviz.</summary>
public static class DerivationDot
{
    public static IEnumerable<string> Lines(Derivation derivation)
    {
        yield return "digraph derivation {";
        yield return "  rankdir=LR; node [shape=box, fontname=\"monospace\"]; edge [fontname=\"monospace\"];";
        foreach (var (node, name) in derivation.Names.Where(n => n.Key.Op is Graph.Op.Variable)) yield return $"  {Quoted(name)} [label={Quoted($"{name} {node.Shape}")}, style=rounded];";
        foreach (var line in derivation.Forward)
        {
            yield return $"  {Quoted(line.Name)} [label={Quoted($"{line.Name} = {line.Formula}\n{line.Shape}")}];";
            foreach (var arg in line.Node.Args.Where(derivation.Names.ContainsKey).Distinct()) yield return $"  {Quoted(derivation.Names[arg])} -> {Quoted(line.Name)};";
        }
        foreach (var step in derivation.Steps)
            foreach (var (arg, equation) in step.Step.Node.Args.Zip(step.Step.Contributions).Where(a => a.Second is not null && derivation.Names.ContainsKey(a.First)).Zip(step.Equations))
                yield return $"  {Quoted(derivation.Names[step.Step.Node])} -> {Quoted(derivation.Names[arg.First])} [label={Quoted($"{equation}")}, style=dashed, constraint=false];";
        yield return "}";
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
