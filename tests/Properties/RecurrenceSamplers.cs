using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>Samplers of recurrences, products, and the definitions made of them.</summary>
public static class RecurrenceSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("cumulate", typeof(Op.Cumulate), Linearity.None, d =>
        {
            var (x, axis) = Along(d);
            return Formulas.Cumulate(d.Input(d.BroadcastsTo(x)), d.Input(x), axis, d.Coin());
        }),
        new("cumulate of constant factors", typeof(Op.Cumulate), Linearity.Jointly, d =>
        {
            var (x, axis) = Along(d);
            return Formulas.Cumulate(d.Pick(0.5, 1, -2), d.Input(x), axis, d.Coin());
        }),
        new("cummax", typeof(Op.RunningMaximum), Linearity.None, d => Distinct(d, Formulas.CumMax)),
        new("prod", typeof(Op.Product), Linearity.None, d =>
        {
            var x = d.Lengths();
            return WithZeros(d, x).Prod(d.Coin() ? null : d.Subset(x.Length), d.Coin());
        }),
        new("product_of_others", typeof(Op.Call), Linearity.None, d =>
        {
            var x = d.Lengths();
            return WithZeros(d, x).ProductOfOthers(d.Subset(x.Length));
        }),
        new("cumsum", typeof(Op.Call), Linearity.Jointly, d => Along(d) is var (x, axis) ? d.Input(x).CumSum(axis) : 0),
        new("cumprod", typeof(Op.Call), Linearity.None, d => Along(d) is var (x, axis) ? WithZeros(d, x).CumProd(axis) : 0),
        new("cummin", typeof(Op.Call), Linearity.None, d => Distinct(d, Formulas.CumMin)),
        new("logcumsumexp", typeof(Op.Call), Linearity.None, d => Along(d) is var (x, axis) ? d.Input(x).LogCumSumExp(axis) : 0),
        new("any", typeof(Op.Call), Linearity.Jointly, d => Counted(d, Formulas.Any)),
        new("all", typeof(Op.Call), Linearity.Jointly, d => Counted(d, Formulas.All)),
        new("count_nonzero", typeof(Op.Call), Linearity.Jointly, d => Counted(d, Formulas.CountNonzero)),
    ];

    private static (Length[] X, int Axis) Along(Draw d)
    {
        var x = d.Lengths(1, 3, 12);
        return (x, d.Int(0, x.Length - 1));
    }

    private static Expr Distinct(Draw d, Func<Expr, int, Expr> running)
    {
        var (x, axis) = Along(d);
        return running(d.Input(x, d.Distinct(x.Sizes())), axis);
    }

    /// <summary>Zeros, often several: where a rule divided, they would show.</summary>
    private static Expr WithZeros(Draw d, Length[] x) => d.Input(x, d.Values(x.Sizes(), () => d.Int(0, 3) == 0 ? 0 : d.Uniform(-1.5, 1.5)));

    private static Expr Counted(Draw d, Func<Expr, IReadOnlyCollection<int>?, bool, Expr> count)
    {
        var x = d.Lengths();
        var held = d.Input(x, d.Values(x.Sizes(), () => d.Pick(0.0, 0, 1, double.NaN)), varies: false);
        return count(held, d.Coin() ? null : d.Subset(x.Length), d.Coin()) * d.Input([]);
    }
}
