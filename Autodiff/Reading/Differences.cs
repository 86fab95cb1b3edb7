using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reading;

/// <summary>
/// Central differences of a cost with respect to any node of its graph. Each node n is computed as n + δ, with a variable δ at 0 that one element at a time
/// is moved: one compiled function serves them all. What stop_gradient holds is constant, as the pullbacks take it to be.
/// </summary>
internal static class Differences
{
    /// <summary>So many elements of a node are compared at most.</summary>
    private const int Most = 16;

    /// <summary>What all evaluations may cost together, in units of about a microsecond.</summary>
    private const double Work = 1e6;

    public static IReadOnlyDictionary<Expr, NodeValue> Beside(Expr cost, Point at, IReadOnlyDictionary<Expr, NodeValue> nodes)
    {
        var candidates = nodes.Where(n => n.Value.Cotangent is { Length: > 0 }).Select(n => n.Key).ToList();
        var afforded = Math.Max(4, (int)(Work / EvaluationsOfOne / (20 + nodes.Count + 0.02 * nodes.Values.Sum(n => (double)n.Value.Length))));
        var chosen = Spread(candidates, afforded, n => n.Op is Op.Variable || n == cost);
        if (chosen.Count == 0) return nodes;
        var moved = new Moved(cost, at, nodes, chosen);
        var each = Math.Clamp(afforded / chosen.Count, 1, Most);
        var compared = nodes.ToDictionary();
        foreach (var node in chosen) compared[node] = nodes[node] with { Differences = [.. Elements(nodes[node].Cotangent!, each).Select(i => moved.Difference(node, i, nodes[node].Cotangent!.Span[i]))] };
        return compared;
    }

    /// <summary>Four steps above and below, and often a second time with smaller ones.</summary>
    private const int EvaluationsOfOne = 12;

    /// <summary>All where there are few, else those wanted and others evenly between.</summary>
    private static List<Expr> Spread(List<Expr> candidates, int most, Func<Expr, bool> wanted)
    {
        if (candidates.Count <= most) return candidates;
        var first = candidates.Where(wanted).Take((most + 1) / 2).ToHashSet();
        var rest = candidates.Where(c => !first.Contains(c)).ToList();
        return [.. first, .. Evenly(rest.Count, most - first.Count).Select(i => rest[i])];
    }

    /// <summary>All where there are few, else the one of the largest cotangent and others evenly between.</summary>
    private static IEnumerable<int> Elements(Tensor<double> cotangent, int most)
    {
        if (cotangent.Length <= most) return Enumerable.Range(0, cotangent.Length);
        var largest = Enumerable.Range(0, cotangent.Length).MaxBy(i => Math.Abs(cotangent.Span[i]));
        return Evenly(cotangent.Length, most - 1).Append(largest).Distinct().Order();
    }

    private static IEnumerable<int> Evenly(int length, int most) => Enumerable.Range(0, most).Select(i => (int)((2L * i + 1) * length / (2 * most)));

    private sealed class Moved
    {
        private readonly Function<double> _function;
        private readonly List<Expr> _inputs;
        private readonly List<Tensor<double>> _values;
        private readonly Dictionary<Expr, int> _inputOf;

        public Moved(Expr cost, Point at, IReadOnlyDictionary<Expr, NodeValue> nodes, List<Expr> chosen)
        {
            _inputs = [.. at.Values.Select(v => v.Variable)];
            _values = [.. at.Values.Select(v => v.Value)];
            _inputOf = _inputs.Select((x, i) => (x, i)).ToDictionary(p => p.x, p => p.i);
            Expr Input(string name, Expr like, Tensor<double> value)
            {
                _inputOf.Add(like, _inputs.Count);
                _inputs.Add(Expr.Variable(name, like.Shape));
                _values.Add(value);
                return _inputs[^1];
            }
            var deltas = chosen.Where(n => !_inputOf.ContainsKey(n)).ToHashSet();
            var root = Traversal.Rebuild([cost], (node, args) =>
            {
                if (node.Op is Op.StopGradient && nodes.TryGetValue(node, out var held)) return Input("held", node, held.Value);
                if (!deltas.Contains(node)) return node.With(args);
                return node.With(args) + Input("delta", node, Tensor<double>.Full(0, nodes[node].Value.Sizes));
            })[0];
            _function = Compiler.Compile<double>(new Computation([.. _inputs], [root]));
        }

        public ElementDifference Difference(Expr node, int element, double cotangent)
        {
            var input = _inputOf[node];
            var from = _values[input];
            double[] At(double t)
            {
                Tensor<double>[] values = [.. _values];
                values[input] = Tensor<double>.Build(from.Sizes, v =>
                {
                    from.Span.CopyTo(v);
                    v[element] += t;
                });
                return _function.Invoke(values)[0].Span.ToArray();
            }
            return new(element, cotangent, FiniteDifferences.Best(At, [1]));
        }
    }
}
