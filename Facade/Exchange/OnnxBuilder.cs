using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Exchange;

/// <summary>The nodes and tensors of a graph while it is translated, and the name of each expression's value.</summary>
internal sealed class OnnxBuilder
{
    private readonly Dictionary<Expr, string> _values = [];
    private readonly Dictionary<string, string> _integers = [];
    private readonly Dictionary<string, (string Input, int Axis)> _sizes = [];
    private readonly Dictionary<string, int> _taken = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _initializers = [];

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    public IReadOnlyList<OnnxTensor> Initializers => _initializers;

    public string this[Expr node]
    {
        get => _values[node];
        set => _values[node] = value;
    }

    public bool Has(Expr node) => _values.ContainsKey(node);

    /// <summary>An input: the sizes that its shape names are known from it.</summary>
    public OnnxValue Input(Expr variable)
    {
        var name = _values[variable] = Unique(Label(variable));
        foreach (var (axis, length) in variable.Shape.Index())
            if (length.Name is { } size) _sizes.TryAdd(size, (name, axis));
        return new(name, variable.Shape);
    }

    public string Parameter(Expr variable, Tensor<float> value) => Constant(Label(variable), value);

    public string Constant(string hint, Tensor<float> value)
    {
        var name = Unique(hint);
        _initializers.Add(OnnxTensor.Of(name, value));
        return name;
    }

    /// <summary>Whole numbers of shape (count), the same ones once.</summary>
    public string Integers(params ReadOnlySpan<long> values)
    {
        var key = string.Join("_", values.ToArray());
        return _integers.TryGetValue(key, out var known) ? known : _integers[key] = Integers("integers", values, values.Length);
    }

    public string Integers(string hint, ReadOnlySpan<long> values, params ReadOnlySpan<int> sizes)
    {
        var name = Unique(hint);
        _initializers.Add(OnnxTensor.Of(name, values, sizes));
        return name;
    }

    /// <summary>Adds a node with one output.</summary>
    public string Node(string operation, Expr origin, ImmutableArray<string> inputs, params ImmutableArray<OnnxAttribute> attributes)
    {
        var output = Unique(Label(origin));
        _nodes.Add(new(operation, inputs, [output], attributes));
        return output;
    }

    public void Add(OnnxNode node) => _nodes.Add(node);

    public string Unique(string hint)
    {
        var count = _taken[hint] = _taken.GetValueOrDefault(hint) + 1;
        return count == 1 ? hint : Unique($"{hint}_{count}");
    }

    /// <summary>A length as a tensor (1) of int64: a number, or one that an input is asked for.</summary>
    /// <exception cref="NotSupportedException">It is neither a number nor linear in one named size of an input.</exception>
    public string Length(Dim length, Expr origin)
    {
        if (length.Value is { } number) return Integers(number);
        if (length.Names.ToList() is not [var name] || !_sizes.TryGetValue(name, out var source)) throw Unknown(length, origin);
        // a n + b, if it is that at all.
        long At(long n) => length.Evaluate(new Dictionary<string, long> { [name] = n });
        var (a, b) = (At(2) - At(1), 2 * At(1) - At(2));
        if (!(a * Dim.Named(name) + b).Equals(length)) throw Unknown(length, origin);
        var value = Node("Shape", origin, [source.Input], OnnxAttribute.Of("start", source.Axis), OnnxAttribute.Of("end", source.Axis + 1));
        if (a != 1) value = Node("Mul", origin, [value, Integers(a)]);
        return b == 0 ? value : Node("Add", origin, [value, Integers(b)]);
    }

    /// <summary>Lengths as a tensor (count) of int64.</summary>
    public string Lengths(IReadOnlyList<Dim> lengths, Expr origin) => lengths.All(d => d.Value is not null)
        ? Integers([.. lengths.Select(d => d.Value!.Value)])
        : Node("Concat", origin, [.. lengths.Select(d => Length(d, origin))], OnnxAttribute.Of("axis", 0));

    private static NotSupportedException Unknown(Dim length, Expr origin) =>
        new($"onnx: {Printer.Short(origin)} {origin.Shape}: the length {length} cannot be had from the inputs' sizes; a number, or one named size of an input can");

    private static string Label(Expr node) => node.Origin.Name ?? (node.Origin.Scope is { } scope ? $"{scope}/{node.Op.Name}" : node.Op.Name);
}
