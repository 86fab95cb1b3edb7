using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Noise in training, other noise at each step; nothing afterwards. It is a function of the key, of the layer's name and of the step, a statistic that
/// the layer counts (from 0, and from 2²⁴ on again from 0: so far single precision counts).
/// </summary>
public abstract record Noise : Layer
{
    private const int Steps = 1 << 24;

    /// <summary>The input with its noise.</summary>
    private protected abstract Expr Disturbed(Expr input, Key key, Expr step);

    /// <summary>What is wrong with the description, or null.</summary>
    private protected abstract string? Refused { get; }

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Space.Pointwise(input);

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        if (Refused is { } reason) throw Misfit(name, input, reason);
        return [Parameter.Of(name, "step", [], Init.Constant(0), Parameter.Statistic)];
    }

    protected internal sealed override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => mode == Mode.Training
        ? new LayerOutput(Definition.Apply(Kind, [input, parameters[0]], p => Disturbed(p[0], key, p[1])), [new(parameters[0], Formulas.Remainder(parameters[0] + 1, Steps))])
        : input;

    private protected static string? Probability(double p) =>
        p is >= 0 and < 1 ? null : FormattableString.Invariant($"a probability of {p} cannot be had, one of at least 0 and below 1 can");
}
