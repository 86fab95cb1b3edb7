using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// A cotangent stands once in each window, where the first maximum is: so its sum over windows, Σ chain(dy, max_indicator(x, ties="first")), is
/// the sum of dy itself, and where the maxima are need not be known.
/// </summary>
internal static class PlacedCotangent
{
    public static Expr? Sum(Expr node) => node switch
    {
        { Op: Op.Sum { Axes: var axes }, Args: [{ Op: Op.Reshape, Args: [var placed] } image] } when Of(placed) is var (dy, windows)
            && Repeated.Summed(placed.Shape, windows, image.Shape) is { } repeated && repeated.Factors.Select((f, i) => f == 1 || axes.Contains(i + 2)).All(ok => ok)
            => Summed(dy, repeated.Value.Shape, axes, node),
        { Op: Op.Sum { Axes: var axes }, Args: [var placed] } when Of(placed) is var (dy, windows) && windows.All(axes.Contains)
            => Summed(dy, dy.Shape, axes, node),
        _ => null,
    };

    private static Expr Summed(Expr dy, Shape shape, Axes axes, Expr node) =>
        Expr.Of(new Op.Sum(axes), [dy.Shape == shape ? dy : Expr.Of(new Op.Reshape(shape), [dy], node.Origin)], node.Origin);

    /// <summary>dy, of length 1 along the windows' axes, and these axes.</summary>
    private static (Expr Dy, Axes Windows)? Of(Expr placed) => placed is
        {
            Op: Op.Map { Function: var f },
            Args: [{ Op: Op.BroadcastTo, Args: [var dy] }, { Op: Op.MaximumIndicator { Ties: TieRule.First, Axes: var axes } }],
        }
        && f.Type == typeof(Chain) && dy.Shape == new Shape([.. placed.Shape.Select((d, i) => axes.Contains(i) ? 1 : d)])
            ? (dy, axes)
            : null;
}
