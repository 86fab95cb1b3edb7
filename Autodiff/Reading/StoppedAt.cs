using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>A cost in which named values are variables: a derivation of it does not go behind them.</summary>
/// <param name="Cost">The cost over them.</param>
/// <param name="Stops">The variables that took their places.</param>
public sealed record StoppedAt(Expr Cost, ImmutableArray<Expr> Stops)
{
    /// <param name="cost">The cost.</param>
    /// <param name="names">Names that its derivation gives to values: the user's, or p1, h2 and the like.</param>
    /// <exception cref="ArgumentException">No value has such a name; the message lists those that there are.</exception>
    public static StoppedAt Of(Expr cost, IEnumerable<string> names)
    {
        var opened = Composed.Opened([cost])[0];
        var known = NodeNames.Of(Traversal.Topological([opened]), opened).Where(n => n.Key.Op is not Op.Variable && n.Key != opened).ToDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);
        var stops = names.Distinct().Select(name => known.TryGetValue(name, out var node) ? (Node: node, Variable: Expr.Variable(name, node.Shape)) : throw new ArgumentException($"no value is called {name}; there {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known.Keys)}")).ToDictionary(s => s.Node, s => s.Variable);
        return new(Traversal.Replace([opened], stops.GetValueOrDefault)[0], [.. stops.Values]);
    }

    /// <summary>What a derivation says of it.</summary>
    public string Remark => $"{string.Join(", ", Stops.Select(Printer.Short))} {(Stops.Length == 1 ? "is taken as a variable" : "are taken as variables")}: the derivation does not go behind {(Stops.Length == 1 ? "it" : "them")}";
}
