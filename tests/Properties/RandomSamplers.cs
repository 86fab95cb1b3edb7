using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

public static class RandomSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("uniform", typeof(Op.Uniform), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return d.Input(x) * Formulas.Uniform(KeyOf(d), x.Shape(), d.Int(0, 9));
        }),
        new("normal", typeof(Op.Uniform), Linearity.Jointly, d =>
        {
            var x = d.Lengths();
            return d.Input(x) * Formulas.Normal(KeyOf(d), x.Shape(), d.Int(0, 9));
        }),
        new("dropout", typeof(Op.Uniform), Linearity.Jointly, d => d.Input(d.Lengths()).Dropout(d.Pick(0, 0.25, 0.75), KeyOf(d), d.Int(0, 9))),
    ];

    private static Key KeyOf(Draw d) => new Key((ulong)d.Int(0, 1000)) is var key && d.Coin() ? key.Fold(1) : new(7);
}
