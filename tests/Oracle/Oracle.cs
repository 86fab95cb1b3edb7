using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

/// <summary>The meaning of a graph, computed as plainly as can be: float64, one loop an operation, nothing shared with the compiler.</summary>
public static class Oracle
{
    /// <summary>Laws checked with the oracle's values.</summary>
    public static readonly LawOptions Options = new() { Evaluator = new Interpreted() };

    public static ImmutableArray<Tensor<double>> Evaluate(IEnumerable<Expr> outputs, params IEnumerable<(Expr Variable, Tensor<double> Value)> inputs)
    {
        ImmutableArray<Expr> roots = [.. outputs];
        var values = EvaluateAll(roots, inputs);
        return [.. roots.Select(r => values[r])];
    }

    public static Tensor<double> Evaluate(Expr output, params IEnumerable<(Expr Variable, Tensor<double> Value)> inputs) =>
        Evaluate([output], inputs)[0];

    /// <summary>The same, the nodes that the outputs depend on being sorted already.</summary>
    internal static ImmutableArray<Tensor<double>> Evaluate(
        IReadOnlyList<Expr> outputs, ImmutableArray<Expr> order, ImmutableArray<(Expr Variable, Tensor<double> Value)> inputs)
    {
        var values = Run(order, inputs, SizesOf(inputs));
        return [.. outputs.Select(r => values[r])];
    }

    /// <summary>The value of every node that the outputs depend on.</summary>
    public static IReadOnlyDictionary<Expr, Tensor<double>> EvaluateAll(IEnumerable<Expr> outputs, IEnumerable<(Expr Variable, Tensor<double> Value)> inputs)
    {
        var given = inputs.ToList();
        return Run(Traversal.Topological(outputs), given, SizesOf(given));
    }

    internal static Dictionary<Expr, Tensor<double>> Run(
        IEnumerable<Expr> outputs, IEnumerable<(Expr Variable, Tensor<double> Value)> inputs, IReadOnlyDictionary<string, long> sizes) =>
        Run(Traversal.Topological(outputs), inputs, sizes);

    private static Dictionary<Expr, Tensor<double>> Run(
        ImmutableArray<Expr> order, IEnumerable<(Expr Variable, Tensor<double> Value)> inputs, IReadOnlyDictionary<string, long> sizes)
    {
        var values = new Dictionary<Expr, Tensor<double>>(ReferenceEqualityComparer.Instance);
        foreach (var (variable, value) in inputs)
            values[variable] = value.Sizes.SequenceEqual(variable.Shape.Evaluate(sizes))
                ? value
                : throw new ArgumentException($"{Printer.Short(variable)} {variable.Shape} is given a value of shape {value.Shape}");
        foreach (var node in order)
        {
            if (values.ContainsKey(node)) continue;
            var value = node.Op.Match(new Interpreter(node, [.. node.Args.Select(a => values[a])], sizes));
            var promised = node.Shape.Evaluate(sizes);
            values[node] = value.Sizes.SequenceEqual(promised)
                ? value
                : throw new InvalidOperationException($"{node.Op.Name} made the shape {value.Shape}, its rule says ({string.Join(", ", promised)})");
        }
        return values;
    }

    internal static Dictionary<string, long> SizesOf(IEnumerable<(Expr Variable, Tensor<double> Value)> inputs)
    {
        var sizes = new Dictionary<string, long>();
        foreach (var (variable, value) in inputs)
            for (var axis = 0; axis < variable.Rank; axis++)
                if (variable.Shape[axis].Name is { } name) sizes.TryAdd(name, value.Sizes[axis]);
        return sizes;
    }
}
