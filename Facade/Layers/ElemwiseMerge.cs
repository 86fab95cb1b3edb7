using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Its inputs, which have one shape, put together element by element: f(… f(x₀, x₁) …, xₖ). (Lasagne's ElemwiseMergeLayer.)</summary>
/// <param name="Function">f, such as <c>(a, b) => a * b</c> or <see cref="Formulas.Maximum"/>.</param>
public sealed record ElemwiseMerge(Func<Expr, Expr, Expr> Function) : MergeLayer
{
    public override string Kind => "merge";

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Space.Pointwise(input);

    protected internal override ImmutableArray<Parameter> Declare(string name, ImmutableArray<Shape> inputs)
    {
        if (inputs.FirstOrDefault(s => s != inputs[0]) is { } other) throw Misfit(name, inputs, $"one shape would fit, {inputs[0]} as the first, not {other}");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, ImmutableArray<Expr> inputs, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, inputs, p => p.Skip(1).Aggregate(p[0], (a, b) => Function(a, b)));
}
