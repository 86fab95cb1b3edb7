using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>A layer of several inputs. To write one of your own, derive a record, as of <see cref="Layer"/>.</summary>
public abstract record MergeLayer : Layer
{
    /// <summary>The parameters for inputs of the shapes; none by default.</summary>
    /// <exception cref="ShapeException">Such inputs do not fit: the message of <see cref="Layer.Misfit(string, ImmutableArray{Shape}, string)"/>.</exception>
    protected internal virtual ImmutableArray<Parameter> Declare(string name, ImmutableArray<Shape> inputs) => [];

    /// <summary>The output for inputs of the shapes that were declared.</summary>
    protected internal abstract LayerOutput Forward(Mode mode, Key key, ImmutableArray<Expr> inputs, ImmutableArray<Expr> parameters);

    protected internal sealed override ImmutableArray<Parameter> Declare(string name, Shape input) => Declare(name, [input]);

    protected internal sealed override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Forward(mode, key, [input], parameters);

    internal sealed override ImmutableArray<Parameter> DeclareAll(string name, ImmutableArray<Shape> inputs) =>
        inputs.IsEmpty ? throw Misfit(name, inputs, "one or more would fit") : Declare(name, inputs);

    internal sealed override LayerOutput ForwardAll(Mode mode, Key key, ImmutableArray<Expr> inputs, ImmutableArray<Expr> parameters) =>
        Forward(mode, key, inputs, parameters);
}
