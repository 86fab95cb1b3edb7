using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>x s of (n, channels, …), s being (channels). (Lasagne's ScaleLayer with its shared_axes='auto'.)</summary>
/// <param name="Scales">s, by default 1.</param>
public sealed record Scale(Initializer? Scales = null) : Layer
{
    public override string Kind => "scale";

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Space.Pointwise(input);

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank >= 2, name, input, "(n, channels, …) would fit");
        return [Parameter.Of(name, "scales", [Length(name, input, 1)], Scales ?? Init.Constant(1))];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input * parameters[0].AlongChannels(input.Shape);
}
