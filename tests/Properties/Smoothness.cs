using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Whether an operation is smooth around the values of its arguments.</summary>
internal static class Smoothness
{
    private const double Margin = 1.0 / 64;

    /// <param name="node">The operation.</param>
    /// <param name="args">The values of its arguments.</param>
    /// <param name="moves">Which of them depend on what varies.</param>
    public static bool Holds(Expr node, IReadOnlyList<Tensor<double>> args, IReadOnlyList<bool> moves) => node.Op switch
    {
        Op.Map { Function: var f } => Enumerable.Range(0, args[0].Length).All(i => Of(f, [.. args.Select(a => a.Span[i])], moves)),
        Op.Maximum { Axes: var axes } => HasNoTies(args[0], axes),
        Op.MaximumIndicator { Axes: var axes } => HasNoTies(args[0], axes),
        _ => true,
    };

    /// <summary>
    /// f(x + h) - f(x) = h (f'(x) + f'(x + h)) / 2 + O(h³) for each argument, to either side, for two steps h: a kink may lie in the middle of one, but
    /// then not of the other.
    /// </summary>
    private static bool Of(ScalarFunction f, Real[] x, IReadOnlyList<bool> moves)
    {
        var y = f.Apply(x);
        var slopes = f.Derivatives(x, y);
        for (var i = 0; i < x.Length; i++)
            foreach (var h in moves[i] ? [Margin, 0.7 * Margin, -Margin, -0.7 * Margin] : Array.Empty<double>())
            {
                Real[] moved = [.. x];
                moved[i] += h;
                var there = f.Apply(moved);
                var slope = f.Derivatives(moved, there)[i];
                var gap = there.Value - y.Value - h * (slopes[i].Value + slope.Value) / 2;
                if (!(Math.Abs(gap) <= 1e-3 * Math.Abs(h) * (1 + Math.Abs(slopes[i].Value)))) return false;
            }
        return true;
    }

    private static bool HasNoTies(Tensor<double> x, Shapes.Axes axes)
    {
        var sizes = x.Sizes.ToArray();
        var groups = Enumerable.Range(0, x.Length).GroupBy(flat => string.Join(',', Index(sizes, flat).Where((_, axis) => !axes.Contains(axis))));
        return groups.All(g => g.Select(i => x.Span[i]).OrderDescending().Take(2).ToArray() is not [var first, var second] || first - second > Margin);
    }

    private static int[] Index(int[] sizes, int flat)
    {
        var index = new int[sizes.Length];
        for (var axis = sizes.Length - 1; axis >= 0; flat /= sizes[axis--]) index[axis] = flat % sizes[axis];
        return index;
    }
}
