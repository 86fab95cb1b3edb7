using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>A sampler for each structural operation; movement, convolution and definitions have files of their own.</summary>
public static class OpSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("variable", typeof(Op.Variable), Linearity.Jointly, d => d.Input(d.Lengths())),
        new("constant", typeof(Op.Constant), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return d.Input(x) * Expr.Constant(d.Values([x.Length == 0 || x[^1].Dim.Value is null ? 1 : x[^1].Size], d.Signed));
        }),
        new("literal", typeof(Op.Literal), Linearity.Jointly, d => d.Signed() * d.Input(d.Lengths())),
        new("size", typeof(Op.SizeOf), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return d.Input(x) / Formulas.SizeOf(x.Shape().Size);
        }),
        new("iota", typeof(Op.Iota), Linearity.Jointly, d =>
        {
            var x = d.Lengths(1);
            return d.Input(x) * (1 + Formulas.Iota(x[^1].Dim));
        }),
        new("after", typeof(Op.After), Linearity.None, d =>
        {
            var x = d.Lengths();
            var y = d.Input(x);
            return y.Tanh().After(y.Square(), d.Input([], varies: false)) * y;
        }),
        new("stop_gradient", typeof(Op.StopGradient), Linearity.None, d =>
        {
            var x = d.Lengths();
            var held = d.Input(x, varies: false);
            return d.Input(x) * (held * held).StopGradient();
        }),
        new("sum", typeof(Op.Sum), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return d.Input(x).Sum(d.Subset(x.Length), d.Coin());
        }),
        new("max", typeof(Op.Maximum), Linearity.None, d => DistinctInput(d, out var rank).Max(d.Subset(rank), d.Coin(), d.Pick(Ties))),
        new("max_indicator", typeof(Op.MaximumIndicator), Linearity.None, d =>
        {
            var x = DistinctInput(d, out var rank);
            return Expr.Of(new Op.MaximumIndicator([.. d.Subset(rank)], d.Pick(Ties)), x);
        }),
        new("matmul", typeof(Op.MatMul), Linearity.Separately, d =>
        {
            var lead = d.Lengths(0, 2, 4);
            var (m, k, n) = (d.Int(1, d.Size), d.Int(1, d.Size), d.Int(1, d.Size));
            Length[] a = [.. d.BroadcastsTo(lead), m, k];
            Length[] b = [.. lead, k, n];
            return d.Int(0, 4) switch
            {
                0 => d.Input(b).Transpose().MatMul(d.Input([k])),
                1 => d.Input([k]).MatMul(d.Input(b)),
                _ => d.Input(a).MatMul(d.Input(b)),
            };
        }),
        .. MovementSamplers.All,
        .. IndexingSamplers.All,
        .. RecurrenceSamplers.All,
        .. ConvolutionSamplers.All,
        .. WindowSamplers.All,
        .. PoolingSamplers.All,
        .. DefinitionSamplers.All,
        .. RandomSamplers.All,
        .. LinearAlgebraSamplers.All,
        .. SoftmaxSamplers.All,
        .. TensorSamplers.All,
        .. LossSamplers.All,
        .. NormalizationSamplers.All,
    ];

    public static readonly ImmutableArray<TieRule> Ties = [TieRule.Share, TieRule.First, TieRule.Each];

    public static Expr DistinctInput(Draw d, out int rank)
    {
        var lengths = d.Lengths();
        rank = lengths.Length;
        return d.Input(lengths, d.Distinct(lengths.Sizes()));
    }
}
