using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// The way back through a layer before: its transposed Jacobian applied to the input, over its own parameters. So a decoder uses its encoder's weights, tied: their
/// gradient has a part from each use. From (n, …) of that layer's output to (n, …) of its input; a dense layer becomes y Wᵀ, a convolution
/// its transpose, flattening a reshape, max-pooling puts values where the maxima were. A layer's bias has no part in it (a <see cref="Bias"/>
/// can follow), and its nonlinearity counts by its derivative at what went in: where that is not wanted, make it a layer of its own. As in Lasagne.
/// </summary>
/// <param name="Of">The name of a layer that comes before, with one input.</param>
public sealed record Inverse(string Of) : Layer
{
    private Node? _node;

    /// <summary>Of a layer that need not come before.</summary>
    public Inverse(Node of) : this(of.Name) => _node = of;

    public override string Kind => $"inverse of {Of}";

    internal override (Layer Layer, ImmutableArray<Node> Inputs) Resolve(string name, ImmutableArray<Node> inputs)
    {
        if (inputs is not [var input]) throw Misfit(name, [.. inputs.Select(i => i.Shape)], "one would fit");
        var before = Node.Upstream([input]);
        var node = _node ?? before.FirstOrDefault(n => n.Name == Of)
            ?? throw new ArgumentException($"layer {name} ({Kind}): there is no layer {Of} before it, there are {string.Join(", ", before.Select(n => n.Name))}");
        Require(node.Inputs.Length == 1, name, input.Shape, $"{Of} ({node.Layer.Layer.Kind}) has {node.Inputs.Length} inputs; the inverse of a layer with one would fit");
        Require(input.Shape == node.Shape, name, input.Shape, $"{node.Shape}, as {Of} gives, would fit");
        var back = new WayBack(Kind, node);
        return (back, back.NeedsInput ? [input, node.Inputs[0]] : [input]);
    }

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input) =>
        throw Misfit(name, input, "an inverse is bound in a network only: write it behind the layer that it inverts, or use On");

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        throw new InvalidOperationException("an inverse is bound in a network only");
}
