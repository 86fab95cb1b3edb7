using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>Matrices far from singular, and without pivots of nearly one size, so that differences mean something.</summary>
public static class LinearAlgebraSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("cholesky_lower", typeof(Op.Cholesky), Linearity.None, d => Expr.Of(new Op.Cholesky(), Definite(d, Lead(d), d.Int(1, 4)))),
        new("cholesky", typeof(Op.Call), Linearity.None, d => Definite(d, Lead(d), d.Int(1, 4)).Cholesky()),
        new("triangular_solve", typeof(Op.TriangularSolve), Linearity.None, d =>
        {
            var (lead, n) = (Lead(d), d.Int(1, 4));
            return Triangular(d, lead, n).TriangularSolve(d.Input([.. lead, n, d.Int(1, 3)]), d.Coin(), d.Coin(), d.Coin());
        }),
        new("lu", typeof(Op.Lu), Linearity.None, d => Regular(d, Lead(d), d.Int(1, 4)).Lu()),
        new("solve", typeof(Op.Call), Linearity.None, d =>
        {
            var (lead, n) = (Lead(d), d.Int(1, 4));
            return Regular(d, lead, n).Solve(d.Coin() ? d.Input([n]) : d.Input([.. d.BroadcastsTo(lead), n, d.Int(1, 3)]));
        }),
        new("inv", typeof(Op.Call), Linearity.None, d => Regular(d, Lead(d), d.Int(1, 4)).Inv()),
        new("det", typeof(Op.Call), Linearity.None, d => Regular(d, Lead(d), d.Int(1, 4)).Det()),
        new("slogdet", typeof(Op.Call), Linearity.None, d => Regular(d, Lead(d), d.Int(1, 4)).SlogDet()),
    ];

    private static Length[] Lead(Draw d) => d.Lengths(0, 2, 3);

    /// <summary>Each row and column has one element of about 2 among small ones: where it stands is shuffled, so that rows are exchanged.</summary>
    private static Expr Regular(Draw d, Length[] lead, int n) => d.Input([.. lead, n, n], Spread(d, [.. lead.Sizes(), n, n], d.Shuffled(n)));

    private static Expr Triangular(Draw d, Length[] lead, int n) => d.Input([.. lead, n, n], Spread(d, [.. lead.Sizes(), n, n], [.. Enumerable.Range(0, n)]));

    private static Tensors.Tensor<double> Spread(Draw d, int[] sizes, int[] order)
    {
        var (n, at) = (order.Length, 0);
        return d.Values(sizes, () =>
        {
            var (row, column) = (at / n % n, at++ % n);
            return d.Signed() * (order[row] == column ? 2 : 0.4);
        });
    }

    /// <summary>B Bᵀ + 1, with an upper triangle that must not matter.</summary>
    private static Expr Definite(Draw d, Length[] lead, int n)
    {
        var b = d.Input([.. lead, n, n]);
        return b.MatMul(b.Transpose()) + Formulas.Eye(n) + b.Triu(1);
    }
}
