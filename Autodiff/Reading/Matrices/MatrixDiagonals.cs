using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>The two ways in which a graph writes a diagonal: as every (n + 1)th of n² places, or as what a comparison of row and column leaves.</summary>
internal static class MatrixDiagonals
{
    /// <summary>The vector that a square matrix has on its diagonal, all else being padding.</summary>
    public static Expr? Placed(Expr e) =>
        e.Op is Op.Reshape && e.Args[0] is { Op: Op.Pad { Ranges: [var range] }, Args: [{ Rank: 1 } x] }
        && e.Shape.Dims is [var n, var m] && n == m && n == x.Shape[0] && range.Start.Is(0) && n.Value + 1 == range.Step ? x : null;

    /// <summary>The square matrix of which the main diagonal is left, all else being 0.</summary>
    public static Expr? Masked(Expr e) =>
        e.Op is Op.Map { Function: { Name: "where", IsOwn: true } } && e.Shape.Dims is [var n, var m] && n == m
        && IsNumber(e.Args[2], 0) && IsOnDiagonal(e.Args[0]) ? e.Args[1] : null;

    /// <summary>column - row == 0</summary>
    private static bool IsOnDiagonal(Expr e) =>
        e.Op is Op.Map { Function: { Name: "equal", IsOwn: true } } && IsNumber(e.Args[1], 0)
        && Bare(e.Args[0]) is { Op: Op.Map { Function: { Name: "sub", IsOwn: true } }, Args: [var column, var row] }
        && column is { Op: Op.BroadcastTo, Args: [{ Op: Op.Iota }] }
        && row is { Op: Op.BroadcastTo, Args: [{ Op: Op.Reshape, Shape.Dims: [_, var one], Args: [{ Op: Op.Iota }] }] } && one.Is(1);

    private static Expr Bare(Expr e) => e.Op is Op.BroadcastTo ? Bare(e.Args[0]) : e;

    private static bool IsNumber(Expr e, double value) => Bare(e).Op is Op.Literal l && l.Value == value;
}
