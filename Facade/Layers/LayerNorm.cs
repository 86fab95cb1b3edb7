using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// y = γ (x - μ) / √(σ² + ε) + β, with μ and σ² of each example by itself, over its last axes together; γ and β have their lengths. J. L. Ba et al.,
/// 2016. (Lasagne's layer_norm is over all axes of an example, and scales channels; PyTorch's is told the lengths.)
/// </summary>
/// <param name="Axes">How many of the last axes; all but the examples' when not given.</param>
/// <param name="Epsilon">ε, positive.</param>
/// <param name="Gamma">By default 1.</param>
/// <param name="Beta">By default 0.</param>
public sealed record LayerNorm(int? Axes = null, double Epsilon = 1e-5, Initializer? Gamma = null, Initializer? Beta = null) : Layer
{
    public override string Kind => "layer_norm";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Epsilon > 0, name, input, FormattableString.Invariant($"an epsilon of {Epsilon} cannot be had, a positive number can"));
        Require(input.Rank >= 2, name, input, "(n, …) with at least one axis for the example would fit");
        Require(Axes is null || (Axes >= 1 && Axes < input.Rank), name, input, $"the last {Axes} axes cannot be had, 1 to {input.Rank - 1} can");
        int[] lengths = [.. Enumerable.Range(Lead(input), input.Rank - Lead(input)).Select(axis => Length(name, input, axis))];
        return
        [
            Parameter.Of(name, "gamma", lengths, Gamma ?? Init.Constant(1)),
            Parameter.Of(name, "beta", lengths, Beta ?? Init.Constant(0), Parameter.Bias),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        input.LayerNorm(new Shape(input.Shape.Dims[Lead(input.Shape)..]), parameters[0], parameters[1], Epsilon);

    private int Lead(Shape input) => Axes is { } last ? input.Rank - last : 1;
}
