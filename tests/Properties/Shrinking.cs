using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>
/// Samples that are smaller: an output less, a node less, an axis less, shorter axes, shorter numbers. Each is smaller by <see cref="Measure"/>, so
/// shrinking ends.
/// </summary>
public sealed class Shrinking(IEvaluator evaluator)
{
    public IEnumerable<Sample> Smaller(Sample s)
    {
        var measure = Measure(s);
        return Outputs(s).Concat(Roots(s)).Concat(Replaced(s)).Concat(Resizing.Shorter(s)).Concat(Resizing.Flatter(s)).Concat(Numbers(s))
            .Select(Tidied).Where(c => Measure(c).CompareTo(measure) < 0 && IsFinite(c));
    }

    /// <summary>Operations, outputs, elements, names of sizes and digits, compared in this order.</summary>
    internal static (int, int, int, int, int) Measure(Sample s) => (
        s.Outputs.Length + Operations(s.Outputs),
        s.Outputs.Sum(o => o.Rank),
        s.Inputs.Sum(i => i.Value.Length + i.Value.Rank),
        s.Inputs.Sum(i => i.Variable.Shape.Count(d => d.Value is null)),
        s.Inputs.Sum(i => i.Value.Span.ToArray().Sum(v => Printer.Number(v).Length + (v == 1 ? 0 : 1))));

    private static int Operations(IEnumerable<Expr> roots) => Traversal.Topological(roots)
        .Sum(e => e.Op is Op.Variable ? 0 : 1 + (e.Op is Op.Call { Definition.Body: var body } ? Operations([body]) : 0));

    private static IEnumerable<Sample> Outputs(Sample s) =>
        s.Outputs.Length == 1 ? [] : s.Outputs.Select(o => s with { Outputs = [o] });

    /// <summary>What an output is made of, in place of it.</summary>
    private static IEnumerable<Sample> Roots(Sample s) =>
        s.Outputs.SelectMany((o, i) => o.Args.Select(a => s with { Outputs = s.Outputs.SetItem(i, a) }));

    /// <summary>A node replaced by an argument or an input of its shape, by a new input that has its value, or by what it is the definition of.</summary>
    private IEnumerable<Sample> Replaced(Sample s)
    {
        var nodes = Traversal.Topological(s.Outputs);
        var values = evaluator.Evaluate(nodes, [.. s.Inputs.Select(i => (i.Variable, i.Value))]);
        for (var n = nodes.Length - 1; n >= 0; n--)
        {
            var node = nodes[n];
            if (node.Op is Op.Variable) continue;
            Sample By(Expr other, params IEnumerable<Input> more) => s with
            {
                Outputs = Traversal.Substitute(s.Outputs, new Dictionary<Expr, Expr>(ReferenceEqualityComparer.Instance) { [node] = other }),
                Inputs = [.. s.Inputs, .. more],
            };
            foreach (var other in node.Args.Concat(s.Inputs.Where(i => i.Varies).Select(i => i.Variable)).Distinct())
                if (other.Shape == node.Shape) yield return By(other);
            if (node.Args.Length > 0 && node.Shape.All(d => d.Value is not null || d.Name is not null) && Fresh(s, node.Shape) is var variable)
                yield return By(variable, new Input(variable, values[n]));
            if (node.Op is Op.Call { Definition: { Adjoints.IsDefault: true } definition }) yield return By(definition.Expand(node.Args));
        }
    }

    private static Expr Fresh(Sample s, Shape shape) => Expr.Variable(
        Enumerable.Range(0, int.MaxValue).Select(i => $"x{i}").First(name => s.Inputs.All(i => Printer.Short(i.Variable) != name)), shape);

    /// <summary>All values of an input 1, whole, or with one digit less.</summary>
    private static IEnumerable<Sample> Numbers(Sample s) => s.Inputs.SelectMany((input, i) => new Func<double, double>[]
    {
        _ => 1, v => Math.Round(v), v => Math.Round(v, 1), v => Math.Round(v, 2), v => Math.Round(v, 4),
    }.Select(round => s with { Inputs = s.Inputs.SetItem(i, input with { Value = Tensor<double>.Of(input.Value.Span.ToArray().Select(round), input.Value.Sizes) }) }));

    /// <summary>Without inputs that nothing depends on, unless one binds a size; one is left in any case.</summary>
    private static Sample Tidied(Sample s)
    {
        var used = Traversal.Topological(s.Outputs).SelectMany(e => e.Shape).SelectMany(d => d.Names).ToHashSet();
        var reached = Traversal.Variables(s.Outputs).ToHashSet();
        var bound = s.Inputs.Where(i => reached.Contains(i.Variable)).SelectMany(i => i.Variable.Shape).Select(d => d.Name).OfType<string>().ToHashSet();
        List<Input> kept = [];
        foreach (var input in s.Inputs)
        {
            var binds = input.Variable.Shape.Any(d => d.Name is { } name && used.Contains(name) && bound.Add(name));
            if (binds || reached.Contains(input.Variable)) kept.Add(input);
        }
        return s with { Inputs = [.. kept] };
    }

    private bool IsFinite(Sample s) => evaluator.Evaluate(s.Outputs, [.. s.Inputs.Select(i => (i.Variable, i.Value))])
        .All(v => v.Span.ToArray().All(double.IsFinite));
}
