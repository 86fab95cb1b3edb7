using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// The description of a layer. Bound to the shape that comes in it has parameters and a formula. To write one of your own, derive
/// a record: declare its parameters for an input's shape, and give the formula over them.
/// </summary>
public abstract record Layer
{
    /// <summary>What it is, in one word: "dense".</summary>
    public abstract string Kind { get; }

    /// <summary>The parameters for inputs of a shape; none by default.</summary>
    /// <exception cref="ShapeException">Such inputs do not fit: the message of <see cref="Misfit"/>.</exception>
    protected internal virtual ImmutableArray<Parameter> Declare(string name, Shape input) => [];

    /// <summary>The output for an input of the shape that was declared.</summary>
    /// <param name="key">Random draws fold it; other draws for another key.</param>
    /// <param name="parameters">The variables declared, in their order.</param>
    protected internal abstract LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters);

    /// <exception cref="ShapeException">Inputs of this shape do not fit; the message says which would.</exception>
    public BoundLayer Bind(string name, Shape input) => new(name, this, input, Declare(name, input));

    /// <summary>A refusal that names the layer, what came in and what would fit.</summary>
    protected ShapeException Misfit(string name, Shape input, string fits) =>
        new($"layer {name} ({Kind}): an input of shape {input} came in; {fits}");

    /// <summary>The lengths of an axis, where the layer cannot do with a symbolic one.</summary>
    protected int Length(string name, Shape input, int axis) => input[axis].Value is { } length
        ? checked((int)length)
        : throw Misfit(name, input, $"axis {axis} needs a length that is a number");

    protected void Require(bool fits, string name, Shape input, string wanted)
    {
        if (!fits) throw Misfit(name, input, wanted);
    }
}
