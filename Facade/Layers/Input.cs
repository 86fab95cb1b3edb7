using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Where a network begins: examples of the shape (n, sizes…), for any n, which all inputs of a network share.</summary>
public sealed record Input(Shape Example) : Layer
{
    public Input(params ReadOnlySpan<int> sizes) : this(new Shape([.. sizes.ToArray().Select(s => (Dim)s)])) { }

    public override string Kind => "input";

    public Shape Shape => Example.Insert(0, "n");

    internal override ImmutableArray<Shape> Given => [Shape];

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Space.Pointwise(input);

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input == Shape, name, input, $"{Shape} would fit");
        return Example.All(d => d.AtLeast(1) == true) ? [] : throw new ShapeException($"layer {name} (input): {Example} has an axis of no length, 1 or more would fit");
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => input;
}
