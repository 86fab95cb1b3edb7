using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Properties;

/// <summary>
/// Random well-typed graphs: a pool of expressions over one pair of lengths (rows, columns), grown by maps, reductions, products and
/// movement. Values stay small: what could grow goes through a bounded function.
/// </summary>
public static class GraphDraw
{
    /// <param name="d">The decisions.</param>
    /// <param name="smooth">Without functions that have kinks, so that differences mean something.</param>
    /// <returns>One or two expressions that share nodes.</returns>
    public static Expr[] Graph(Draw d, bool smooth)
    {
        Length rows = d.Coin() ? d.Named() : d.Int(1, 4);
        Length columns = d.Int(1, 4);
        List<Expr> pool = [d.Input([rows, columns]), d.Input([rows, columns]), d.Input([columns])];
        for (var i = 0; i < 3 * d.Size; i++) pool.Add(Grown(d, pool, rows, columns, smooth));
        return d.Coin() ? [pool[^1]] : [pool[^1], pool[d.Int(3, pool.Count - 1)]];
    }

    private static Expr Grown(Draw d, List<Expr> pool, Length rows, Length columns, bool smooth)
    {
        var x = d.Pick(pool);
        var y = d.Pick(pool);
        var matrix = x.Rank == 2 ? x : x.BroadcastTo(Shape.Of(rows.Dim, x.Rank == 0 ? columns.Dim : x.Shape[x.Rank - 1]));
        return d.Int(0, smooth ? 13 : 18) switch
        {
            0 => Paired(x, y, (a, b) => a + b),
            1 => Paired(x, y, (a, b) => a.Tanh() * b),
            2 => Paired(x, y, (a, b) => a - b * 0.5),
            3 => Paired(x, y, (a, b) => a / (1 + b.Square())),
            4 => d.Pick<Func<Expr, Expr>>(Formulas.Tanh, Formulas.Sigmoid, Formulas.Softplus, Formulas.Sin, Formulas.Cos)(x),
            5 => (1 + x.Square()).Log(),
            6 => (-x.Square()).Exp(),
            7 => x.Rank == 0 ? -x : x.Mean([d.Int(0, x.Rank - 1)], d.Coin()),
            8 => x.Rank == 0 ? x * 0.25 : x.Sum([d.Int(0, x.Rank - 1)]).Tanh(),
            9 => (matrix.MatMul(matrix.Transpose()) * 0.25).Sum([1]),
            10 => matrix.Flip(d.Subset(2)),
            11 => Formulas.Concatenate([matrix, matrix.Sin()], 1).Slice(1, new(matrix.Shape[1], matrix.Shape[1])),
            12 => matrix.Pad((0, 0), (1, 0)).Slice(1, new(0, matrix.Shape[1])),
            13 => matrix.Flatten(0).Reshape(matrix.Shape).Square().Sum([1], keepDims: true).Sqrt1p(),
            14 => x.Abs(),
            15 => x.Relu() + 0.1 * x,
            16 => Paired(x, y, Formulas.Maximum),
            17 => x.Rank == 0 ? x.Floor() * x : x.Max([x.Rank - 1], keepDims: d.Coin(), ties: d.Pick(OpSamplers.Ties)),
            _ => Paired(x, y, (a, b) => Formulas.Where(Expr.Greater(a, 0.25), a, b.Tanh())),
        };
    }

    private static Expr Sqrt1p(this Expr x) => (1 + x).Sqrt();

    /// <summary>Two values that need not broadcast: then the second is summed to a scalar.</summary>
    private static Expr Paired(Expr x, Expr y, Func<Expr, Expr, Expr> f) =>
        f(x, Broadcast.Common(x.Shape, y.Shape) is null ? y.Mean() : y);
}
