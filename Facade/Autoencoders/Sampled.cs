using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Autoencoders;

/// <summary>
/// From means and logarithms of variances, (n, 2 code) side by side, to codes (n, code): μ + e^½l ε with ε normal in training, so that the gradient reaches
/// both, and μ afterwards. D. Kingma, M. Welling, ICLR 2014.
/// </summary>
public sealed record Sampled : Layer
{
    private const int Steps = 1 << 24;

    public override string Kind => "sampled";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank == 2 && Length(name, input, 1) % 2 == 0, name, input, "means and logarithms of variances, (n, 2 code), would fit");
        return [Parameter.Of(name, "step", [], Init.Constant(0), Parameter.Statistic)];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters)
    {
        var (mean, logarithm) = Halves(input);
        return mode == Mode.Training
            ? new LayerOutput(mean + (0.5 * logarithm).Exp() * Formulas.Normal(key, mean.Shape, parameters[0]), [new(parameters[0], Formulas.Remainder(parameters[0] + 1, Steps))])
            : mean;
    }

    /// <summary>KL(N(μ, e^l) ‖ N(0, 1)) = ½ Σ μ² + e^l - l - 1, its mean over the examples.</summary>
    public static Expr Divergence(Expr statistics)
    {
        var (mean, logarithm) = Halves(statistics);
        return 0.5 * (mean.Square() + logarithm.Exp() - logarithm - 1).Sum([1]).Mean();
    }

    private static (Expr Mean, Expr Logarithm) Halves(Expr statistics)
    {
        var code = (int)statistics.Shape[1].Value!.Value / 2;
        return (statistics.Slice(1, new(0, code)), statistics.Slice(1, new(code, code)));
    }
}
