using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Each example under another shape with as many elements: (n, …) to (n, sizes…).</summary>
public sealed record Reshape(Shape Example) : Layer
{
    public Reshape(params ReadOnlySpan<int> sizes) : this(new Shape([.. sizes.ToArray().Select(s => (Dim)s)])) { }

    public override string Kind => "reshape";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank >= 1 && Example.Insert(0, input[0]).Size == input.Size, name, input,
            $"examples of {Example.Size} elements would fit the shape {Example}");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input], p => p[0].Reshape(Example.Insert(0, p[0].Shape[0])));
}
