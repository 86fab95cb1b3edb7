using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>The sum of its inputs, which have one shape, element by element: Σ cᵢ xᵢ.</summary>
/// <param name="Coefficients">c, one for each input; 1 when not given.</param>
public sealed record ElemwiseSum(Sequence<double>? Coefficients = null) : MergeLayer
{
    public override string Kind => "sum";

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Space.Pointwise(input);

    protected internal override ImmutableArray<Parameter> Declare(string name, ImmutableArray<Shape> inputs)
    {
        if (Coefficients is { } given && given.Count != inputs.Length) throw Misfit(name, inputs, $"{given.Count} inputs would fit as many coefficients");
        if (inputs.FirstOrDefault(s => s != inputs[0]) is { } other) throw Misfit(name, inputs, $"one shape would fit, {inputs[0]} as the first, not {other}");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, ImmutableArray<Expr> inputs, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, inputs, p => p.Select((x, i) => Coefficients is { } c ? c[i] * x : x).Aggregate((a, b) => a + b));
}
