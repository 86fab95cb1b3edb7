using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Layers one after another, or any acyclic graph of them. It is immutable, and a function from expressions to expressions: apply it wherever one is
/// wanted. Parts taken out of it own the same parameters, so that one store serves the whole and its parts.
/// </summary>
public sealed class Network
{
    private readonly ImmutableArray<Node> _entries, _exits;

    /// <param name="entries">Nodes whose values are handed in.</param>
    /// <param name="exits">Nodes whose values are wanted.</param>
    private Network(ImmutableArray<Node> entries, ImmutableArray<Node> exits)
    {
        (_entries, _exits) = (entries, exits);
        Nodes = [.. Node.Upstream(exits, entries).Where(n => n.Inputs.IsEmpty || !entries.Contains(n))];
        RequireOneOfEachName();
        Inputs = [.. entries.Select(e => Expr.Variable(entries.Length == 1 ? "x" : e.Name, e.Shape))];
    }

    /// <summary>Each use of a layer, after those that it depends on.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>Each layer once, in the order of first use.</summary>
    public ImmutableArray<BoundLayer> Layers => [.. Nodes.Select(n => n.Layer).Distinct()];

    /// <summary>Variables of the shapes that go in, for <see cref="Outputs"/>.</summary>
    public ImmutableArray<Expr> Inputs { get; }

    /// <summary>The only one of <see cref="Inputs"/>.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public Expr Input => Only(Inputs, _entries, "inputs", nameof(Inputs));

    /// <summary>The network of <see cref="Inputs"/>, as it is used after training.</summary>
    public ImmutableArray<Expr> Outputs => Apply(Mode.Evaluation, default, Inputs).Values;

    /// <summary>The only one of <see cref="Outputs"/>.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public Expr Output => Only(Outputs, _exits, "outputs", nameof(Outputs));

    public ImmutableArray<Shape> OutputShapes => [.. _exits.Select(e => e.Shape)];

    /// <exception cref="InvalidOperationException">There are several outputs.</exception>
    public Shape OutputShape => Only(OutputShapes, _exits, "outputs", nameof(OutputShapes));

    /// <summary>All that the layers own: what is learned, and the statistics that they keep. What several layers share is here once.</summary>
    public ImmutableArray<Parameter> Parameters => [.. Layers.SelectMany(l => l.Parameters).DistinctBy(p => p.Variable)];

    /// <summary>Describes a network: an <see cref="Layers.Input"/> first, then what follows it.</summary>
    /// <exception cref="ShapeException">A layer does not fit what comes in: the message names it, what came in and what would fit.</exception>
    /// <exception cref="ArgumentException">The first layer is no input, or a name is empty or used twice.</exception>
    public static Network Sequential(params ReadOnlySpan<(string Name, Layer Layer)> layers)
    {
        ImmutableArray<(string Name, Layer Layer)> all = [.. layers];
        if (all is not [(_, Input _), ..]) throw new ArgumentException("a network begins with an Input, which says what an example is");
        if (all.FirstOrDefault(l => l.Name.Length == 0) is { Layer: { } nameless }) throw new ArgumentException($"a layer ({nameless.Kind}) has no name");
        if (all.GroupBy(l => l.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) throw new ArgumentException($"two layers are called {twice}");
        var first = all[0].Layer.On(all[0].Name);
        return new([first], [all.Skip(1).Aggregate(first, (node, next) => next.Layer.On(next.Name, node))]);
    }

    /// <summary>
    /// Describes a network by nodes: what goes in, which are inputs (or nodes in whose place values are handed in), and what comes out. Layers may have
    /// several inputs (<see cref="MergeLayer"/>) and be used several times (<see cref="BoundLayer.On"/>).
    /// </summary>
    /// <exception cref="ArgumentException">An output depends on an input that is not among these, an input is not needed, or a name is used twice.</exception>
    public static Network Of(ImmutableArray<Node> inputs, ImmutableArray<Node> outputs)
    {
        if (inputs.IsEmpty || outputs.IsEmpty) throw new ArgumentException("a network has an input and an output at least");
        if (inputs.GroupBy(i => i).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) throw new ArgumentException($"the input {twice.Name} is given twice");
        var needed = Node.Upstream(outputs, inputs);
        if (needed.FirstOrDefault(n => n.Inputs.IsEmpty && !inputs.Contains(n)) is { } missing)
            throw new ArgumentException($"{Names(outputs)} cannot be computed from {Names(inputs)}: {missing.Name} is needed too");
        if (inputs.FirstOrDefault(i => !needed.Contains(i)) is { } idle)
            throw new ArgumentException($"{Names(outputs)} does not depend on {idle.Name}: leave it out");
        return new(inputs, outputs);
    }

    /// <summary>The outputs for inputs, and all updates of the layers.</summary>
    /// <exception cref="ShapeException">An input has another shape, or there are more or fewer of them.</exception>
    public NetworkOutput Apply(Mode mode, Key key, ImmutableArray<Expr> inputs)
    {
        if (inputs.Length != _entries.Length) throw new ShapeException($"the network takes {_entries.Length} inputs ({Names(_entries)}), not {inputs.Length}");
        var values = new Dictionary<Node, Expr>();
        foreach (var (entry, input) in _entries.Zip(inputs)) values.Add(entry, Handed(entry, input));
        var updates = new OrderedDictionary<Expr, Expr>();
        foreach (var node in Nodes)
        {
            if (values.ContainsKey(node)) continue;
            var (value, own) = node.Layer.Apply(node.Name, mode, key, [.. node.Inputs.Select(i => values[i])]);
            values.Add(node, value);
            // A statistic of a layer that is used several times follows one use after the other.
            foreach (var (variable, next) in own)
                updates[variable] = updates.TryGetValue(variable, out var before)
                    ? Traversal.Substitute([next], new Dictionary<Expr, Expr> { [variable] = before })[0]
                    : next;
        }
        return new([.. _exits.Select(e => values[e])], [.. updates.Select(u => new Update(u.Key, u.Value))]);
    }

    /// <summary>The only output for the only input, and all updates of the layers.</summary>
    /// <exception cref="ShapeException">The input has another shape.</exception>
    /// <exception cref="InvalidOperationException">There are several outputs.</exception>
    public LayerOutput Apply(Mode mode, Key key, Expr input)
    {
        var (values, updates) = Apply(mode, key, [input]);
        return new(Only(values, _exits, "outputs", nameof(Outputs)), updates);
    }

    /// <summary>The output for an input after training.</summary>
    /// <exception cref="ShapeException">The input has another shape.</exception>
    /// <exception cref="InvalidOperationException">There are several outputs.</exception>
    public Expr Apply(Expr input) => Apply(Mode.Evaluation, default, input).Value;

    /// <summary>The whole network within another one, as a node: its layers and their parameters once more, each named after this use, "name/layer".</summary>
    /// <exception cref="ShapeException">An input has another shape, or there are more or fewer of them.</exception>
    /// <exception cref="InvalidOperationException">There are several outputs.</exception>
    public Node On(string name, params ImmutableArray<Node> inputs)
    {
        if (!inputs.Select(i => i.Shape).SequenceEqual(_entries.Select(e => e.Shape)))
            throw new ShapeException($"network {name}: inputs of the shapes {string.Join(", ", inputs.Select(i => i.Shape))} came in; {string.Join(", ", _entries.Select(e => e.Shape))} would fit");
        var placed = _entries.Zip(inputs).ToDictionary(p => p.First, p => p.Second);
        foreach (var node in Nodes)
            if (!placed.ContainsKey(node)) placed.Add(node, node.Layer.On($"{name}/{node.Name}", [.. node.Inputs.Select(i => placed[i])]));
        return placed[Only(_exits, _exits, "outputs", nameof(Outputs))];
    }

    /// <summary>What leads from the inputs to one node: an encoder, up to its code. The parameters are shared with this network.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public Network UpTo(string name)
    {
        ImmutableArray<Node> exits = [Find(name)];
        var needed = Node.Upstream(exits, _entries);
        return new([.. _entries.Where(needed.Contains)], exits);
    }

    /// <summary>
    /// One node and what follows it: a decoder, from the first layer behind the code. What the node is applied to is handed in. The parameters are
    /// shared with this network.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such node, or what follows it needs something else too: <see cref="Between(ImmutableArray{string}, ImmutableArray{string})"/> can name it.</exception>
    public Network From(string name) => Find(name) is { Inputs.IsEmpty: false } node && !_entries.Contains(node) ? Part(node.Inputs, _exits) : this;

    /// <summary>What leads from the value of one node, which is handed in, to that of another. The parameters are shared with this network.</summary>
    /// <exception cref="ArgumentException">There is no such node, or the way from the one to the other needs something else too.</exception>
    public Network Between(string input, string output) => Between([input], [output]);

    /// <summary>The same for several nodes: the values of the first are handed in, in their order, and those of the others come out.</summary>
    /// <exception cref="ArgumentException">There is no such node, or something else is needed too, or one of them is not needed.</exception>
    public Network Between(ImmutableArray<string> inputs, ImmutableArray<string> outputs) =>
        Part([.. inputs.Select(i => _entries.FirstOrDefault(e => e.Name == i) ?? Find(i))], [.. outputs.Select(Find)]);

    /// <summary>A row for each node: its name, what it is, what it learns, computes and sees.</summary>
    public ImmutableArray<LayerRow> Summary() => NetworkSummary.Of(Nodes);

    /// <summary>Puts the parameters' initial values into a store.</summary>
    public void Initialize<T>(Store<T> store, Key key) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var parameter in Parameters) store[parameter.Variable] = parameter.Initial<T>(key);
    }

    private Network Part(ImmutableArray<Node> inputs, ImmutableArray<Node> outputs)
    {
        ImmutableArray<Node> handed = [.. inputs.Distinct()];
        // What was cut off already cannot be computed either.
        if (Node.Upstream(outputs, handed.AddRange(_entries)).FirstOrDefault(n => !handed.Contains(n) && (n.Inputs.IsEmpty || _entries.Contains(n))) is { } missing)
            throw new ArgumentException($"{Names(outputs)} cannot be computed from {Names(handed)}: {missing.Name} is needed too");
        return Of(handed, outputs);
    }

    private static Expr Handed(Node entry, Expr input) => entry.Inputs.IsEmpty
        ? entry.Layer.Apply(entry.Name, Mode.Evaluation, default, [input]).Value
        : input.Shape == entry.Shape
            ? input
            : throw new ShapeException($"the output of layer {entry.Name} ({entry.Layer.Layer.Kind}): a value of shape {input.Shape} was handed in; {entry.Shape} would fit");

    private Node Find(string name) => Nodes.FirstOrDefault(n => n.Name == name)
        ?? throw new ArgumentException($"there is no layer called {name}, there are {Names(Nodes)}");

    private void RequireOneOfEachName()
    {
        if (Nodes.GroupBy(n => n.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) throw new ArgumentException($"two layers are called {twice}");
        if (Parameters.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var shared }) throw new ArgumentException($"two parameters are called {shared}");
    }

    private static T Only<T>(ImmutableArray<T> values, ImmutableArray<Node> nodes, string what, string all) => values is [var only]
        ? only
        : throw new InvalidOperationException($"the network has {values.Length} {what}, {Names(nodes)}: ask for {all}");

    private static string Names(IEnumerable<Node> nodes) => string.Join(", ", nodes.Select(n => n.Name));
}
