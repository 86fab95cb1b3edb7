using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>x + b of (n, channels, …), b being (channels). (Lasagne's BiasLayer with its shared_axes='auto'.)</summary>
/// <param name="B">By default 0.</param>
public sealed record Bias(Initializer? B = null) : Layer
{
    public override string Kind => "bias";

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Space.Pointwise(input);

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank >= 2, name, input, "(n, channels, …) would fit");
        return [Parameter.Of(name, "b", [Length(name, input, 1)], B ?? Init.Constant(0), Parameter.Bias)];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input + parameters[0].AlongChannels(input.Shape);
}
