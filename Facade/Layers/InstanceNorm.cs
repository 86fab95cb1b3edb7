using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// y = γ (x - μ) / √(σ² + ε) + β of (n, channels, space…), with μ and σ² of each example and channel by itself; γ and β are (channels).
/// D. Ulyanov et al., 2016. (Lasagne's instance_norm learns γ and β too; PyTorch's layers learn none unless told to.)
/// </summary>
/// <param name="Epsilon">ε, positive.</param>
/// <param name="Gamma">By default 1.</param>
/// <param name="Beta">By default 0.</param>
public sealed record InstanceNorm(double Epsilon = 1e-5, Initializer? Gamma = null, Initializer? Beta = null) : Layer
{
    public override string Kind => "instance_norm";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Epsilon > 0, name, input, FormattableString.Invariant($"an epsilon of {Epsilon} cannot be had, a positive number can"));
        Require(input.Rank >= 3, name, input, "(n, channels, …) with axes of space would fit");
        var channels = Length(name, input, 1);
        return
        [
            Parameter.Of(name, "gamma", [channels], Gamma ?? Init.Constant(1)),
            Parameter.Of(name, "beta", [channels], Beta ?? Init.Constant(0), Parameter.Bias),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input.InstanceNorm(parameters[0], parameters[1], Epsilon);
}
