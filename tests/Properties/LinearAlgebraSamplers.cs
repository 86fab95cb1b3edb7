using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>
/// Matrices far from singular whatever the expression that fills them, and without pivots of nearly one size, so that differences mean
/// something.
/// </summary>
public static class LinearAlgebraSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        new("cholesky_lower", typeof(Op.Cholesky), Linearity.None, d => Expr.Of(new Op.Cholesky(), Definite(d, Lead(d), d.Int(1, 4)))),
        new("cholesky", typeof(Op.Call), Linearity.None, d => Definite(d, Lead(d), d.Int(1, 4), upper: 0).Cholesky()),
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

    /// <summary>2 once in each row and column, where is shuffled so that rows are exchanged, and what is drawn, bounded by 0.4.</summary>
    private static Expr Regular(Draw d, Length[] lead, int n) => Dominated(d, lead, d.Shuffled(n));

    private static Expr Triangular(Draw d, Length[] lead, int n) => Dominated(d, lead, [.. Enumerable.Range(0, n)]);

    private static Expr Dominated(Draw d, Length[] lead, int[] order)
    {
        var n = order.Length;
        var dominant = Expr.Constant(Tensor<double>.Of(Enumerable.Range(0, n * n).Select(i => order[i / n] == i % n ? 2.0 : 0), n, n));
        return 0.4 * d.Input([.. lead, n, n]).Tanh() + dominant;
    }

    /// <summary>B Bᵀ / 4 + 1, and above the diagonal something that must not matter where only the lower triangle is read.</summary>
    private static Expr Definite(Draw d, Length[] lead, int n, double upper = 1)
    {
        var b = d.Input([.. lead, n, n]).Tanh();
        return 0.25 * b.MatMul(b.Transpose()) + Formulas.Eye(n) + upper * b.Triu(1);
    }
}
