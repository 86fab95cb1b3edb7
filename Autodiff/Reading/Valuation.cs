using System.Collections.Immutable;
using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reading;

/// <summary>What a derivation comes to in numbers: for each node its value, its cotangent, and central differences of the cost beside it.</summary>
/// <param name="Nodes">By the nodes that have names in the derivation.</param>
/// <param name="Source">Where the variables' values are from, a line for each.</param>
public sealed record Valuation(IReadOnlyDictionary<Expr, NodeValue> Nodes, ImmutableArray<string> Source)
{
    /// <summary>No values, and why.</summary>
    public static Valuation None(string reason) => new(ImmutableDictionary<Expr, NodeValue>.Empty, [reason]);

    /// <summary>Computes the graph in double as it is written, without rewriting it, and the differences.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="values">A value for each variable of the cost, and for those that bind a size it mentions.</param>
    /// <param name="source">Where they are from.</param>
    /// <exception cref="KeyNotFoundException">A variable has no value.</exception>
    /// <exception cref="Shapes.ShapeException">A value has another shape than its variable.</exception>
    /// <exception cref="ArgumentException">A size is named that no value binds, or an index is out of its range.</exception>
    public static Valuation Of(Derivation derivation, ImmutableArray<(Expr Variable, Tensor<double> Value)> values, ImmutableArray<string> source)
    {
        var given = values.ToDictionary(v => v.Variable, v => v.Value);
        var cotangents = Cotangents(derivation);
        ImmutableArray<Expr> outputs = [.. derivation.Names.Keys.Concat(cotangents.Values).Where(e => !given.ContainsKey(e)).Distinct()];
        var found = Compiler.Compile<double>(new Computation([.. values.Select(v => v.Variable)], outputs), options: CompileOptions.None).Invoke([.. values.Select(v => v.Value)]);
        var all = outputs.Zip(found).Concat(given.Select(g => (g.Key, g.Value))).ToDictionary(p => p.Item1, p => p.Item2);
        var pairs = derivation.Names.Keys.ToDictionary(n => n, n => new NodeValue(all[n], cotangents.TryGetValue(n, out var dy) ? all[dy] : null, []));
        return new(Differences.Beside(derivation.Cost, new Point(values), pairs), source);
    }

    /// <summary>The cotangent of each node that has one, when all its uses have given their parts.</summary>
    private static Dictionary<Expr, Expr> Cotangents(Derivation derivation)
    {
        var cotangents = derivation.Steps.ToDictionary(s => s.Step.Node, s => s.Step.Cotangent);
        foreach (var gradient in derivation.Gradients) cotangents[gradient.Variable] = gradient.Raw;
        return cotangents;
    }
}
