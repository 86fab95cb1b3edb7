using System.Collections.Immutable;
using System.Reflection;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>The same graph over shorter axes or without an axis, wherever its operations then still fit together.</summary>
internal static class Resizing
{
    /// <summary>Every axis of one length shortened to 1 or by 1, and named sizes made numbers.</summary>
    public static IEnumerable<Sample> Shorter(Sample s)
    {
        var sizes = SizesOf(s);
        if (sizes.Count > 0)
            foreach (var n in sizes)
            {
                foreach (var to in new[] { 1, n.Value - 1 })
                    if (to >= 1 && to < n.Value && Try(s, d => d, x => x.Variable.Shape.Select((d, i) => d.Name == n.Key ? (int)to : x.Value.Sizes[i])) is { } smaller)
                        yield return smaller;
                if (Try(s, d => d.Names.Any() ? d.Evaluate(sizes) : d, x => x.Value.Sizes.ToArray()) is { } concrete) yield return concrete;
            }
        foreach (var length in s.Inputs.SelectMany(i => i.Variable.Shape).Select(d => d.Value ?? 0).Distinct().Where(l => l > 1))
            foreach (var to in new[] { 1, length - 1 }.Distinct())
                if (Try(s, d => d.Is(length) ? to : d, x => x.Variable.Shape.Select((d, i) => d.Is(length) ? (int)to : x.Value.Sizes[i])) is { } shorter)
                    yield return shorter;
    }

    /// <summary>Without the outermost axis, where all operations are elementwise or reduce.</summary>
    public static IEnumerable<Sample> Flatter(Sample s)
    {
        var rank = s.Inputs.Select(i => i.Variable.Rank).Append(0).Max();
        if (rank > 0 && Try(s, s.Inputs.Where(i => i.Variable.Rank == rank).ToDictionary(i => i, i => new Input(
                Expr.Variable(((Op.Variable)i.Variable.Op).Label, new Shape(i.Variable.Shape.Dims[1..])),
                Tensor<double>.Of(i.Value.Span[..(i.Value.Length / Math.Max(1, i.Value.Sizes[0]))], i.Value.Sizes[1..]), i.Varies)),
            (node, args) => node.Args.All(a => a.Rank < rank) && node.Op is not Op.BroadcastTo ? node.With(args) : node.Op switch
            {
                Op.Map => Expr.Of(node.Op, args),
                Op.BroadcastTo b when b.Target.Rank == rank => args[0].BroadcastTo(new Shape(b.Target.Dims[1..])),
                Op.BroadcastTo b when b.Target.Rank < rank => args[0].BroadcastTo(b.Target),
                Op.Sum { Axes: var axes } when axes.Contains(0) => args[0].Sum([.. axes.Where(a => a > 0).Select(a => a - 1)]),
                Op.Maximum { Axes: var axes, Ties: var ties } when axes.Contains(0) => args[0].Max([.. axes.Where(a => a > 0).Select(a => a - 1)], ties: ties),
                _ => null,
            }) is { } flatter) yield return flatter;
    }

    private static Dictionary<string, long> SizesOf(Sample s)
    {
        var sizes = new Dictionary<string, long>();
        foreach (var input in s.Inputs)
            for (var axis = 0; axis < input.Variable.Rank; axis++)
                if (input.Variable.Shape[axis].Name is { } name) sizes[name] = input.Value.Sizes[axis];
        return sizes;
    }

    private static Sample? Try(Sample s, Func<Dim, Dim> length, Func<Input, IEnumerable<int>> sizes) => Try(s,
        s.Inputs.ToDictionary(i => i, i => i with
        {
            Variable = Expr.Variable(((Op.Variable)i.Variable.Op).Label, new Shape([.. i.Variable.Shape.Select(length)])),
            Value = Cropped(i.Value, [.. sizes(i)]),
        }), (node, args) => Remade(node.Op, length) is { } op ? Expr.Of(op, args) : null);

    private static Sample? Try(Sample s, Dictionary<Input, Input> inputs, Func<Expr, ImmutableArray<Expr>, Expr?> rebuild)
    {
        var variables = inputs.ToDictionary(p => p.Key.Variable, p => p.Value.Variable, (IEqualityComparer<Expr>)ReferenceEqualityComparer.Instance);
        try
        {
            var outputs = Traversal.Rebuild(s.Outputs, (node, args) => node.Op is Op.Variable
                ? variables.GetValueOrDefault(node, node)
                : rebuild(node, args) ?? throw new ShapeException("it has no smaller form"));
            return s with { Outputs = outputs, Inputs = [.. s.Inputs.Select(i => inputs.GetValueOrDefault(i, i))] };
        }
        catch (ShapeException)
        {
            return null;
        }
    }

    /// <summary>The operation with its lengths replaced: those that its record holds, whichever record it is.</summary>
    private static Op? Remade(Op op, Func<Dim, Dim> length)
    {
        if (op is Op.Call or Op.Constant) return op;
        var constructor = op.GetType().GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(c => c.GetParameters().Length);
        return (Op?)constructor?.Invoke([.. constructor.GetParameters().Select(p => Remade(op.GetType().GetProperty(p.Name!)?.GetValue(op), length))]);
    }

    private static object? Remade(object? attribute, Func<Dim, Dim> length) => attribute switch
    {
        Dim d => length(d),
        Shape shape => new Shape([.. shape.Select(length)]),
        // A range that runs backwards starts at the end of its axis.
        Sequence<StridedRange> ranges => ranges.Select(r => new StridedRange(r.Step < 0 ? length(r.Start + 1) - 1 : r.Start, length(r.Length), r.Step)).ToSequence(),
        _ => attribute,
    };

    /// <summary>The first elements along each axis.</summary>
    private static Tensor<double> Cropped(Tensor<double> x, int[] sizes)
    {
        var old = x.Sizes.ToArray();
        return Tensor<double>.Build(sizes, values =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                var (flat, rest, stride) = (0, i, 1);
                for (var axis = sizes.Length - 1; axis >= 0; axis--)
                {
                    flat += rest % sizes[axis] * stride;
                    rest /= sizes[axis];
                    stride *= old[axis];
                }
                values[i] = x.Span[flat];
            }
        });
    }
}
