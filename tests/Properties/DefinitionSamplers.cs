using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>Samplers of calls: the library's own definitions, and definitions that call definitions.</summary>
public static class DefinitionSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("mean", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return d.Input(x).Mean(d.Coin() ? null : d.Subset(x.Length), d.Coin());
        }),
        new("min", typeof(Op.Call), Linearity.None, d => OpSamplers.DistinctInput(d, out var rank).Min(d.Subset(rank), d.Coin(), d.Pick(OpSamplers.Ties))),
        new("repeat", typeof(Op.Call), Linearity.Jointly, d =>
        {
            var x = d.Lengths(most: 8);
            return d.Input(x).Repeat([.. Enumerable.Range(0, d.Int(0, Math.Min(x.Length, 2))).Select(_ => d.Int(1, 3))]);
        }),
        new("max_pool", typeof(Op.Call), Linearity.None, d =>
        {
            Length batch = d.Coin() ? d.Named() : 1;
            Length[] x = [batch, d.Int(1, 2), d.Int(2, 5), d.Int(2, 4)];
            return d.Input(x, d.Distinct(x.Sizes())).MaxPool(d.Int(1, x[2].Size), d.Int(1, x[3].Size));
        }),
        new("a definition of definitions", typeof(Op.Call), Linearity.None, d =>
        {
            var x = d.Lengths(1, 3, 12);
            return Definition.Apply("standardised", [d.Input(x), d.Input(x)], p =>
            {
                var centred = Definition.Apply("centred", [p[0]], q => q[0] - q[0].Mean([0], keepDims: true));
                return centred / (1 + centred.Square().Mean([0], keepDims: true)) * p[1].Tanh() + centred;
            });
        }),
        new("a definition that ignores an argument", typeof(Op.Call), Linearity.None, d =>
        {
            var (x, y) = (d.Input(d.Lengths()), d.Input(d.Lengths()));
            return Definition.Apply("first", [x, y], p => p[0].Square()) + Definition.Apply("none", [x, y], p => p[1].Sum() * 0.5);
        }),
    ];
}
