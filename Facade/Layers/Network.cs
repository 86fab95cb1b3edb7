using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Layers one after another. It is immutable, and a function from expression to expression: apply it wherever one is wanted. Parts
/// taken out of it own the same parameters, so that one store serves the whole and its parts.
/// </summary>
public sealed class Network
{
    private Network(ImmutableArray<BoundLayer> layers)
    {
        Layers = layers;
        Input = Expr.Variable("x", layers[0].Input);
    }

    public ImmutableArray<BoundLayer> Layers { get; }

    /// <summary>A variable of the shape that goes in, for <see cref="Output"/>.</summary>
    public Expr Input { get; }

    /// <summary>The network of <see cref="Input"/>, as it is used after training.</summary>
    public Expr Output => Apply(Input);

    public Shape OutputShape => Layers[^1].Output;

    /// <summary>All that the layers own: what is learned, and the statistics that they keep.</summary>
    public ImmutableArray<Parameter> Parameters => [.. Layers.SelectMany(l => l.Parameters)];

    /// <summary>Describes a network: an <see cref="Layers.Input"/> first, then what follows it.</summary>
    /// <exception cref="ShapeException">A layer does not fit what comes in: the message names it, what came in and what would fit.</exception>
    /// <exception cref="ArgumentException">The first layer is no input, or a name is empty or used twice.</exception>
    public static Network Sequential(params ReadOnlySpan<(string Name, Layer Layer)> layers)
    {
        ImmutableArray<(string Name, Layer Layer)> all = [.. layers];
        if (all is not [(_, Input input), ..]) throw new ArgumentException("a network begins with an Input, which says what an example is");
        if (all.FirstOrDefault(l => l.Name.Length == 0) is { Layer: { } nameless }) throw new ArgumentException($"a layer ({nameless.Kind}) has no name");
        if (all.GroupBy(l => l.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) throw new ArgumentException($"two layers are called {twice}");
        return new(all.Aggregate(ImmutableArray<BoundLayer>.Empty,
            (bound, next) => bound.Add(next.Layer.Bind(next.Name, bound.IsEmpty ? input.Shape : bound[^1].Output))));
    }

    /// <summary>The output for an input, and all updates of the layers.</summary>
    /// <exception cref="ShapeException">The input has another shape.</exception>
    public LayerOutput Apply(Mode mode, Key key, Expr input) => Layers.Aggregate((LayerOutput)input, (x, layer) =>
    {
        var y = layer.Apply(mode, key, x.Value);
        return y with { Updates = x.Updates.AddRange(y.Updates) };
    });

    /// <summary>The output for an input after training.</summary>
    /// <exception cref="ShapeException">The input has another shape.</exception>
    public Expr Apply(Expr input) => Apply(Mode.Evaluation, default, input).Value;

    /// <summary>The layers up to and with one: an encoder, up to its code. The parameters are shared with this network.</summary>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public Network UpTo(string name) => new(Layers[..(Position(name) + 1)]);

    /// <summary>One layer and those after it: a decoder, from the first layer behind the code. The parameters are shared with this network.</summary>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public Network From(string name) => new(Layers[Position(name)..]);

    /// <summary>A row for each layer: its name, what it is, the shape of its output and how many numbers it learns.</summary>
    public ImmutableArray<LayerRow> Summary() =>
        [.. Layers.Select(l => new LayerRow(l.Name, l.Layer.Kind, l.Output, l.Parameters.Where(p => p.IsLearned).Sum(p => (long)p.Count)))];

    /// <summary>Puts the parameters' initial values into a store.</summary>
    public void Initialize<T>(Store<T> store, Key key) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var parameter in Parameters) store[parameter.Variable] = parameter.Initial<T>(key);
    }

    private int Position(string name) => Layers.Select(l => l.Name).ToList().IndexOf(name) is >= 0 and var at
        ? at
        : throw new ArgumentException($"there is no layer called {name}, there are {string.Join(", ", Layers.Select(l => l.Name))}");
}
