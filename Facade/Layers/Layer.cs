using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// The description of a layer. Bound to the shape that comes in it has parameters and a formula. To write one of your own, derive
/// a record: declare its parameters for an input's shape, and give the formula over them. (For one of several inputs derive a
/// <see cref="MergeLayer"/>; for a formula in place an <see cref="Expression"/> will do.)
/// </summary>
public abstract record Layer
{
    /// <summary>What it is, in one word: "dense".</summary>
    public abstract string Kind { get; }

    /// <summary>The parameters for inputs of a shape; none by default.</summary>
    /// <exception cref="ShapeException">Such inputs do not fit: the message of <see cref="Misfit(string, Shape, string)"/>.</exception>
    protected internal virtual ImmutableArray<Parameter> Declare(string name, Shape input) => [];

    /// <summary>The output for an input of the shape that was declared.</summary>
    /// <param name="key">Random draws fold it; other draws for another key.</param>
    /// <param name="parameters">The variables declared, in their order.</param>
    protected internal abstract LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters);

    /// <summary>
    /// The windows through which a place of the output sees the places of the input, one for each axis of space of (n, channels, space…);
    /// null where it sees all of them, or where that is not known. Receptive fields are added up from it.
    /// </summary>
    protected internal virtual ImmutableArray<TapAxis>? Field(Shape input) => null;

    /// <exception cref="ShapeException">Inputs of this shape do not fit; the message says which would.</exception>
    public BoundLayer Bind(string name, Shape input) => BindAll(name, [input]);

    /// <summary>The layer applied to what other nodes give: a node of a network, with parameters of its own.</summary>
    /// <param name="name">No other node of the network has it.</param>
    /// <param name="inputs">None for an <see cref="Input"/>, several for a <see cref="MergeLayer"/>, else one.</param>
    /// <exception cref="ShapeException">They do not fit: the message names the layer, what came in and what would fit.</exception>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Node On(string name, params ImmutableArray<Node> inputs)
    {
        if (name.Length == 0) throw new ArgumentException($"a layer ({Kind}) has no name");
        var (layer, from) = Resolve(name, inputs);
        return new(name, layer.BindAll(name, from.IsEmpty ? layer.Given : [.. from.Select(i => i.Shape)]), from);
    }

    /// <summary>The shapes of what is handed to a layer that is applied to nothing: an input's.</summary>
    internal virtual ImmutableArray<Shape> Given => [];

    internal BoundLayer BindAll(string name, ImmutableArray<Shape> inputs) => new(name, this, inputs, DeclareAll(name, inputs));

    /// <summary>The layer that is bound, and to what: others than itself and what it was applied to where it refers to a layer before it.</summary>
    internal virtual (Layer Layer, ImmutableArray<Node> Inputs) Resolve(string name, ImmutableArray<Node> inputs) => (this, inputs);

    internal virtual ImmutableArray<Parameter> DeclareAll(string name, ImmutableArray<Shape> inputs) => inputs is [var only]
        ? Declare(name, only)
        : throw Misfit(name, inputs, "one would fit: a Concat or an ElemwiseSum makes one of several");

    /// <summary>Random draws go by the name of the use.</summary>
    internal virtual Key Drawing(string name, Key key) => key.Fold(name);

    internal virtual LayerOutput ForwardAll(Mode mode, Key key, ImmutableArray<Expr> inputs, ImmutableArray<Expr> parameters) =>
        Forward(mode, key, inputs[0], parameters);

    /// <summary>A refusal that names the layer, what came in and what would fit.</summary>
    protected ShapeException Misfit(string name, Shape input, string fits) =>
        new($"layer {name} ({Kind}): an input of shape {input} came in; {fits}");

    /// <inheritdoc cref="Misfit(string, Shape, string)"/>
    protected ShapeException Misfit(string name, ImmutableArray<Shape> inputs, string fits) => inputs is [var only]
        ? Misfit(name, only, fits)
        : new($"layer {name} ({Kind}): {(inputs.IsEmpty ? "no input" : $"inputs of the shapes {string.Join(", ", inputs)}")} came in; {fits}");

    /// <summary>The lengths of an axis, where the layer cannot do with a symbolic one.</summary>
    protected int Length(string name, Shape input, int axis) => input[axis].Value is { } length
        ? checked((int)length)
        : throw Misfit(name, input, $"axis {axis} needs a length that is a number");

    protected void Require(bool fits, string name, Shape input, string wanted)
    {
        if (!fits) throw Misfit(name, input, wanted);
    }
}
