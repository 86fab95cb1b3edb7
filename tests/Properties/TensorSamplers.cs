using System.Collections.Immutable;
using AutoDiffAE.Graph;
using static AutoDiffAE.Properties.Sampler;

namespace AutoDiffAE.Properties;

/// <summary>Products of tensors, diagonals and what only puts elements elsewhere.</summary>
public static class TensorSamplers
{
    public static readonly ImmutableArray<Sampler> All =
    [
        Any("einsum", Linearity.Separately, Einsum),
        Any("tensordot, outer, inner, dot, vdot, kron, bmm", Linearity.Separately,
            d =>
            {
                var n = d.Named();
                return d.Int(0, 3) switch
                {
                    0 => Formulas.TensorDot(d.Input([2, n, 3]), d.Input([3, n]), [1, -1], [1, 0]),
                    1 => Formulas.TensorDot(d.Input([n, 2]), d.Input([3]), 0),
                    2 => Formulas.TensorDot(d.Input([n, 3, 2]), d.Input([3, 2, 2])),
                    _ => Formulas.TensorDot(d.Input([3, n]), d.Input([3, n]), [0], [0]),
                };
            },
            d =>
            {
                var n = d.Named();
                return d.Int(0, 5) switch
                {
                    0 => Formulas.Outer(d.Input([n, 2]), d.Input([3])),
                    1 => Formulas.Inner(d.Input([2, n]), d.Input([3, n])),
                    2 => Formulas.Dot(d.Input([2, 3]), d.Input([n, 3, 2])),
                    3 => Formulas.Dot(d.Input([n]), d.Input([n])),
                    4 => Formulas.Dot(d.Input([]), d.Input([n])),
                    _ => Formulas.Vdot(d.Input([n, 6]), d.Input([2, n, 3])),
                };
            },
            d => d.Coin() ? Formulas.Kron(d.Input([d.Named(), 2]), d.Input([2, 3])) : Formulas.Kron(d.Input([3]), d.Input([2, d.Named()])),
            d => Formulas.BatchMatMul(d.Input([d.Named(), 2, 3]), d.Input([d.Named(), 3, 2]))),
        Any("diagonal, trace, diag, tril, triu, eye", Linearity.Jointly,
            d => d.Int(0, 2) switch
            {
                0 => d.Input([d.Int(2, 4), d.Int(1, 2), d.Int(2, 4)]).Diagonal(d.Int(-1, 1), d.Pick(0, 2), 1),
                1 => d.Named() is var n ? d.Input([n, n, 2]).Diagonal() : throw new InvalidOperationException(),
                _ => d.Input([d.Int(2, 4), d.Int(2, 4)]).Diagonal(d.Int(-1, 1), 1, 0),
            },
            d => d.Named() is var n && d.Coin() ? d.Input([n, n]).Trace() : d.Input([2, 3, 4]).Trace(d.Int(-1, 1), 0, -1),
            d => d.Int(0, 2) switch
            {
                0 => d.Input([d.Named()]).Diag(d.Int(-2, 2)),
                1 => d.Input([d.Int(1, 4)]).Diag(d.Int(-2, 2)),
                _ => d.Input([3, 4]).Diag(d.Int(-2, 2)),
            },
            d => d.Input([2, d.Named(), 3]).Tril(d.Int(-2, 2)),
            d => d.Input([d.Named(), 3]).Triu(d.Int(-2, 2)),
            d => d.Input([d.Named(), 3]) * Formulas.Eye("n", d.Coin() ? 3 : 1, d.Int(-1, 1))),
        Any("arange, roll, tile, swapaxes, moveaxis, split", Linearity.Jointly,
            d => d.Input([d.Named(), 3]) * Formulas.Arange(d.Int(-2, 2), 7, 7).Sum() + Formulas.Linspace(d.Input([]), d.Input([]), 3, d.Coin()),
            d => d.Coin() ? d.Input([d.Named(), 3]).Roll(d.Int(-4, 4), 1) : d.Input([d.Named(), 3]).Roll(d.Pick(1, -1), 0, 1),
            d => d.Input(d.Lengths(most: 6)).Tile([.. Enumerable.Range(0, d.Int(0, 3)).Select(_ => d.Int(1, 2))]),
            d => d.Coin() ? d.Input([d.Named(), 2, 3]).SwapAxes(d.Int(0, 2), -1) : d.Input([d.Named(), 2, 3]).MoveAxis([0, 2], [d.Pick(1, 2), 0]),
            d => d.Input([d.Named(), 5]) is var x && x.Split([2, 1, 2], 1) is var parts ? parts[0] * 2 - parts[2] : x),
    ];

    private static readonly (string Equation, Func<Draw, Length[][]> Lengths)[] Equations =
    [
        ("ij,jk->ik", d => [[d.Named(), 2], [2, 3]]),
        ("ij,jk", d => [[2, d.Named()], [d.Named(), 3]]),
        ("ij->ji", d => [[d.Named(), 3]]),
        ("ij->", d => [[d.Named(), 3]]),
        ("ii->i", d => [[d.Named(), d.Named()]]),
        ("ii", _ => [[3, 3]]),
        ("iji->j", d => [[3, d.Named(), 3]]),
        ("bij,bjk->bik", d => [[d.Named(), 2, 3], [d.Named(), 3, 2]]),
        ("...ij,...jk->...ik", d => [[d.Named(), 1, 2, 3], [2, 3, 2]]),
        ("i...,i...->...", d => [[2, d.Named()], [2, d.Named()]]),
        ("bi,bi->b", d => [[d.Named(), 3], [d.Named(), 3]]),
        ("i,j->ji", d => [[d.Named()], [3]]),
        ("i,i->i", d => [[d.Named()], [d.Named()]]),
        ("ij,kl->", _ => [[2, 2], [3, 1]]),
        ("ijk,jil->kl", d => [[d.Named(), 2, 3], [2, d.Named(), 2]]),
        ("bhqd,bhkd->bhqk", d => [[d.Named(), 2, 2, 2], [d.Named(), 2, 1, 2]]),
        ("ij,jk,kl->il", d => [[d.Named(), 2], [2, 3], [3, 2]]),
        ("ij,i,j->", d => [[d.Named(), 2], [d.Named()], [2]]),
        ("aij,ajk->ik", _ => [[2, 1, 3], [1, 3, 2]]),
        ("ij,ij->ij", _ => [[1, 3], [2, 1]]),
    ];

    private static Expr Einsum(Draw d)
    {
        var (equation, lengths) = d.Pick(Equations);
        return Formulas.Einsum(equation, [.. lengths(d).Select(l => d.Input(l))]);
    }
}
