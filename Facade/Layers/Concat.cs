using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Its inputs one after another along an axis; the other lengths are equal.</summary>
/// <param name="Axis">Not that of the examples; 1, the channels, when not given, as in Lasagne.</param>
public sealed record Concat(int Axis = 1) : MergeLayer
{
    public override string Kind => "concat";

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => input.Axis(Axis) == 1 ? Space.Pointwise(input) : null;

    protected internal override ImmutableArray<Parameter> Declare(string name, ImmutableArray<Shape> inputs)
    {
        var rank = inputs[0].Rank;
        if (Axis >= rank || Axis < -rank || inputs[0].Axis(Axis) == 0) throw Misfit(name, inputs, $"axis {Axis} cannot be joined along, an axis from 1 to {rank - 1} can");
        var axis = inputs[0].Axis(Axis);
        if (inputs.FirstOrDefault(s => s.Rank != rank || s.With(axis, 0) != inputs[0].With(axis, 0)) is { } other)
            throw Misfit(name, inputs, $"shapes like {inputs[0]} but along axis {axis} would fit, not {other}");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, ImmutableArray<Expr> inputs, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, inputs, p => Formulas.Concatenate(p, inputs[0].Shape.Axis(Axis)));
}
