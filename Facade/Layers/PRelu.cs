using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>x where it is positive, else α x, of (n, channels, …): α is (channels). K. He et al., ICCV 2015. (Lasagne's ParametricRectifierLayer.)</summary>
/// <param name="Slope">α, by default 0.25.</param>
public sealed record PRelu(Initializer? Slope = null) : Layer
{
    public override string Kind => "prelu";

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Space.Pointwise(input);

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank >= 2, name, input, "(n, channels, …) would fit");
        return [Parameter.Of(name, "alpha", [Length(name, input, 1)], Slope ?? Init.Constant(0.25))];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input.Prelu(parameters[0]);
}
