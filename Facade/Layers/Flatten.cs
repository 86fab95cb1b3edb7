using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Each example as one vector: (n, a, b, …) to (n, a·b·…).</summary>
public sealed record Flatten : Layer
{
    public override string Kind => "flatten";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank >= 2, name, input, "(n, …) with at least one axis for the example would fit");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input], p => p[0].Flatten());
}
