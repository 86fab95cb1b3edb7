using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tracing;

/// <summary>
/// Looks at each node's numbers as they come, in the order of computation, and lets go of those that no later node reads. Of an elementwise node an
/// element is made of the elements at its place; of any other each is made of all.
/// </summary>
internal sealed class SourceSearch<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NodeByNode<T> _nodes;
    private readonly Dictionary<Expr, Buffer<T>> _values;
    private readonly Sources _sources = new();

    private SourceSearch(NodeByNode<T> nodes, IReadOnlyDictionary<Expr, Buffer<T>> given) => (_nodes, _values) = (nodes, new(given));

    /// <summary>The first source, and the numbers of the roots.</summary>
    /// <param name="nodes">How nodes are computed.</param>
    /// <param name="roots">What is asked for.</param>
    /// <param name="given">Values of the variables.</param>
    public static (NonFinite? First, bool Reaches, ImmutableArray<NonFinite> Given, ImmutableArray<ValueRange> Results) Of(
        NodeByNode<T> nodes, ImmutableArray<Expr> roots, IReadOnlyDictionary<Expr, Buffer<T>> given)
    {
        var search = new SourceSearch<T>(nodes, given);
        var results = search.Run(roots, [.. given.Keys]);
        var (first, reaches, came) = search._sources.First(roots);
        return (first, reaches, came, results);
    }

    private ImmutableArray<ValueRange> Run(ImmutableArray<Expr> roots, HashSet<Expr> given)
    {
        var asked = roots.ToHashSet();
        var order = Traversal.Topological(roots);
        bool Held(Expr e) => given.Contains(e) || asked.Contains(e) || NodeByNode<T>.Computes(e);
        foreach (var leaf in order.Where(e => e.Op is Op.Literal or Op.Constant || given.Contains(e))) Leaf(leaf);
        ImmutableArray<Expr> computed = [.. order.Where(e => Held(e) && !given.Contains(e))];
        var from = computed.ToDictionary(e => e, e => NodeByNode<T>.From(e.Args, Held));
        var last = new Dictionary<Expr, Expr>();
        foreach (var node in computed)
            foreach (var read in from[node]) last[read] = node;
        var results = new Dictionary<Expr, ValueRange>();
        foreach (var node in asked.Where(given.Contains)) results[node] = Range(node, _values[node]);
        foreach (var node in computed)
        {
            var value = _nodes.Value(node, _values);
            if (!TensorPrimitives.IsFiniteAll(value.Values)) Classify(node, value, Held);
            if (asked.Contains(node)) results[node] = Range(node, value);
            _values[node] = value;
            foreach (var read in from[node].Append(node))
                if (!given.Contains(read) && (!last.TryGetValue(read, out var reader) || reader == node) && _values.Remove(read, out var old)) old.Dispose();
        }
        return [.. roots.Select(r => results[r])];
    }

    private ValueRange Range(Expr node, Buffer<T> value) => ValueRange.Of<T>(value.Values, node.Shape.Evaluate(_nodes.Sizes));

    private void Leaf(Expr leaf)
    {
        var range = leaf.Op switch
        {
            Op.Literal l => ValueRange.Of<T>([T.CreateTruncating(l.Value)], []),
            Op.Constant c => ValueRange.Of<T>(c.Value.Cast<T>().Span, c.Value.Sizes.ToArray()),
            _ => Range(leaf, _values[leaf]),
        };
        if (!range.IsFinite) _sources.Made(Source(leaf, range.NonFinite, range.First, range, []));
    }

    private static NonFinite Source(Expr node, long count, int first, ValueRange value, ImmutableArray<TracedInput> inputs, NonFiniteKind? kind = null) =>
        new(node, [], kind ?? value.Kind, count, Index(first, value), value, inputs);

    private void Classify(Expr node, Buffer<T> value, Func<Expr, bool> held)
    {
        // What only moves numbers is computed to be looked at.
        var moved = node.Args.Distinct().Where(a => !_values.ContainsKey(a)).ToDictionary(a => a, a => _nodes.Value(a, _values));
        ImmutableArray<Buffer<T>> args = [.. node.Args.Select(a => moved.GetValueOrDefault(a) ?? _values[a])];
        var (made, first, passing) = node.Op is Op.Map ? Elementwise(value, args) : Whole(value, args);
        if (made > 0) _sources.Made(Made(node, value, args, made, first));
        var passed = passing.SelectMany(i => NodeByNode<T>.From([node.Args[i]], held)).Where(_sources.Has).ToList();
        if (passed.Count > 0) _sources.Passed(node, passed);
        foreach (var own in moved.Values) own.Dispose();
    }

    private static (int Made, int First, IReadOnlyCollection<int> Passing) Elementwise(Buffer<T> value, ImmutableArray<Buffer<T>> args)
    {
        var (made, first, passing) = (0, -1, new HashSet<int>());
        var values = value.Values;
        for (var i = 0; i < values.Length; i++)
        {
            if (T.IsFinite(values[i])) continue;
            var finite = true;
            for (var a = 0; a < args.Length; a++)
            {
                if (T.IsFinite(args[a].Values[i])) continue;
                finite = false;
                passing.Add(a);
            }
            if (!finite) continue;
            made++;
            if (first < 0) first = i;
        }
        return (made, first, passing);
    }

    private static (int Made, int First, IReadOnlyCollection<int> Passing) Whole(Buffer<T> value, ImmutableArray<Buffer<T>> args)
    {
        ImmutableArray<int> passing = [.. Enumerable.Range(0, args.Length).Where(a => !TensorPrimitives.IsFiniteAll(args[a].Values))];
        if (!passing.IsEmpty) return (0, -1, passing);
        var range = ValueRange.Of<T>(value.Values, value.Sizes.ToArray());
        return (range.NonFinite, range.First, passing);
    }

    private NonFinite Made(Expr node, Buffer<T> value, ImmutableArray<Buffer<T>> args, int made, int first)
    {
        // A definition is looked into.
        if (node.Op is Op.Call { Definition: var definition })
        {
            var given = definition.Parameters.Zip(args).ToDictionary(p => p.First, p => p.Second);
            if (SourceSearch<T>.Of(_nodes, [definition.Body], given).First is { } inner) return inner with { Within = inner.Within.Insert(0, node) };
        }
        var inputs = node.Args.Zip(args, (a, v) => new TracedInput(a, Range(a, v), node.Op is Op.Map ? double.CreateChecked(v.Values[first]) : null));
        return Source(node, made, first, Range(node, value), [.. inputs], ValueRange.KindOf(value.Values[first]));
    }

    private static ImmutableArray<int> Index(int flat, ValueRange value)
    {
        int[] index = new int[value.Shape.Rank];
        for (var axis = index.Length - 1; axis >= 0; axis--)
        {
            var length = (int)value.Shape[axis].Value!.Value;
            (flat, index[axis]) = (flat / length, flat % length);
        }
        return [.. index];
    }
}
