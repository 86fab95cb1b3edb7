using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Batch normalisation of (n, channels, …): y = γ (x - μ) / √(σ² + ε) + β for each channel. In training μ and σ² are the batch's own, over
/// all axes but the channels' and with N values in each channel; and the running ones follow them, mean := (1 - a) mean + a μ and
/// variance := (1 - a) variance + a σ² N / (N - 1). After training the running ones are taken. γ, β, mean and variance are (channels).
/// S. Ioffe, C. Szegedy, ICML 2015; the running variance is unbiased, as PyTorch has it.
/// </summary>
/// <param name="Momentum">a, from more than 0 to 1.</param>
/// <param name="Epsilon">ε, positive.</param>
/// <param name="Gamma">By default 1.</param>
/// <param name="Beta">By default 0.</param>
public sealed record BatchNorm(double Momentum = 0.1, double Epsilon = 1e-5, Initializer? Gamma = null, Initializer? Beta = null) : Layer
{
    public override string Kind => "batch_norm";

    /// <summary>After training; in training each place sees the whole batch.</summary>
    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Space.Pointwise(input);

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Momentum is > 0 and <= 1 && Epsilon > 0, name, input,
            FormattableString.Invariant($"a momentum of {Momentum} and an epsilon of {Epsilon} cannot be had, more than 0 up to 1 and a positive number can"));
        Require(input.Rank >= 2, name, input, "(n, channels, …) would fit");
        var channels = Length(name, input, 1);
        return
        [
            Parameter.Of(name, "gamma", [channels], Gamma ?? Init.Constant(1)),
            Parameter.Of(name, "beta", [channels], Beta ?? Init.Constant(0), Parameter.Bias),
            Parameter.Of(name, "mean", [channels], Init.Constant(0), Parameter.Statistic),
            Parameter.Of(name, "variance", [channels], Init.Constant(1), Parameter.Statistic),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => parameters switch
    {
        [var gamma, var beta, var mean, var variance] when mode == Mode.Training => new LayerOutput(
            input.BatchNorm(weight: gamma, bias: beta, eps: Epsilon), [Follow(mean, Mean(input)), Follow(variance, UnbiasedVariance(input))]),
        [var gamma, var beta, var mean, var variance] => input.BatchNorm(mean, variance, gamma, beta, Epsilon),
        _ => throw new ArgumentException($"gamma, beta, mean and variance are needed, not {parameters.Length} parameters", nameof(parameters)),
    };

    private Update Follow(Expr running, Expr ofBatch) => new(running, (1 - Momentum) * running + Momentum * ofBatch);

    private static int[] AllButChannels(Expr x) => [.. Enumerable.Range(0, x.Rank).Where(axis => axis != 1)];

    private static Expr Mean(Expr x) => x.Mean(AllButChannels(x), keepDims: true).Reshape(x.Shape[1]);

    /// <summary>σ² N / (N - 1); of a single value it is 0.</summary>
    private static Expr UnbiasedVariance(Expr x)
    {
        var count = Formulas.SizeOf(AllButChannels(x).Select(axis => x.Shape[axis]).Aggregate((a, b) => a * b));
        return x.Var(AllButChannels(x), keepDims: true).Reshape(x.Shape[1]) * (count / Expr.Max(count - 1, 1));
    }
}
