using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// y = γ (x - μ) / √(σ² + ε) + β of (n, channels, …), with μ and σ² of each example and group of neighbouring channels by itself; γ and β are
/// (channels). Y. Wu, K. He, ECCV 2018.
/// </summary>
/// <param name="Groups">Divides the channels.</param>
/// <param name="Epsilon">ε, positive.</param>
/// <param name="Gamma">By default 1.</param>
/// <param name="Beta">By default 0.</param>
public sealed record GroupNorm(int Groups, double Epsilon = 1e-5, Initializer? Gamma = null, Initializer? Beta = null) : Layer
{
    public override string Kind => "group_norm";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Epsilon > 0, name, input, FormattableString.Invariant($"an epsilon of {Epsilon} cannot be had, a positive number can"));
        Require(input.Rank >= 2, name, input, "(n, channels, …) would fit");
        var channels = Length(name, input, 1);
        Require(Groups >= 1 && channels % Groups == 0, name, input, $"{Groups} groups would fit where they divide the {channels} channels");
        return
        [
            Parameter.Of(name, "gamma", [channels], Gamma ?? Init.Constant(1)),
            Parameter.Of(name, "beta", [channels], Beta ?? Init.Constant(0), Parameter.Bias),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input.GroupNorm(Groups, parameters[0], parameters[1], Epsilon);
}
