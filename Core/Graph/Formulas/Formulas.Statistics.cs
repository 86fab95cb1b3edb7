using AutoDiffAE.Graph.Language;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>Σ (x - mean x)² / (N - ddof) over axes (all when none are given); dx = dy 2 (x - mean x) / (N - ddof).</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr Var(this Expr x, IReadOnlyCollection<int>? axes = null, int ddof = 0, bool keepDims = false) =>
        Definition.Apply("var", [x],
            p => Centred(p[0], axes).Square().Sum(axes, keepDims) / Freedom(x, axes, ddof),
            (p, _, dy) => [Expr.Call<Chain>(Spread(dy, x, axes), Centred(p[0], axes) * (2 / Freedom(x, axes, ddof)))],
            Keywords.Of(Spelled(x, axes, keepDims), Keywords.Number("ddof", ddof, 0)));

    /// <summary>√var; dx = dy (x - mean x) / ((N - ddof) y), and 0 where all elements are equal.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr Std(this Expr x, IReadOnlyCollection<int>? axes = null, int ddof = 0, bool keepDims = false) =>
        Definition.Apply("std", [x],
            p => p[0].Var(axes, ddof, keepDims).Sqrt(),
            (p, y, dy) => [Expr.Call<Chain>(Spread(dy, x, axes), UnlessZero(Spread(y, x, axes), s => Centred(p[0], axes) / (Freedom(x, axes, ddof) * s)))],
            Keywords.Of(Spelled(x, axes, keepDims), Keywords.Number("ddof", ddof, 0)));

    /// <summary>
    /// (Σ |x|ᵖ)^(1/p) over axes (all when none are given), for p = ∞ and -∞ the largest and the smallest |x|, for p = 0 how many are not 0.
    /// dx = dy sign(x) (|x| / y)^(p - 1), and 0 where the norm is 0. Nothing is scaled: what overflows when raised to p is ∞.
    /// </summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr Norm(this Expr x, double order = 2, IReadOnlyCollection<int>? axes = null, bool keepDims = false)
    {
        var options = Keywords.Of(Keywords.Number("ord", order, 2), Spelled(x, axes, keepDims));
        return order switch
        {
            1 => Definition.Apply("norm", [x], p => p[0].Abs().Sum(axes, keepDims), options),
            0 => Definition.Apply("norm", [x], p => NotEqual(p[0], 0).Sum(axes, keepDims), options),
            double.PositiveInfinity => Definition.Apply("norm", [x], p => p[0].Abs().Max(axes, keepDims), options),
            double.NegativeInfinity => Definition.Apply("norm", [x], p => p[0].Abs().Min(axes, keepDims), options),
            2 => Definition.Apply("norm", [x],
                p => p[0].Square().Sum(axes, keepDims).Sqrt(),
                (p, y, dy) => [Expr.Call<Chain>(Spread(dy, x, axes), UnlessZero(Spread(y, x, axes), n => p[0] / n))],
                options),
            _ => Definition.Apply("norm", [x],
                p => p[0].Abs().Pow(order).Sum(axes, keepDims).Pow(1 / order),
                (p, y, dy) => [Expr.Call<Chain>(Spread(dy, x, axes),
                    UnlessZero(Spread(y, x, axes), n => Expr.Call<Chain>(p[0].Sign(), (p[0].Abs() / n).Pow(order - 1))))],
                options),
        };
    }

    private static Expr Centred(Expr x, IReadOnlyCollection<int>? axes) => x - x.Mean(axes, keepDims: true);

    private static Expr Freedom(Expr x, IReadOnlyCollection<int>? axes, int ddof) => SizeOf(Count(x.Shape, axes) - ddof);

    private static Expr UnlessZero(Expr divisor, Func<Expr, Expr> quotient) => Where(Expr.Equal(divisor, 0), 0, quotient(divisor));

    /// <summary>A value reduced over axes, repeated along them.</summary>
    private static Expr Spread(Expr reduced, Expr x, IReadOnlyCollection<int>? axes)
    {
        var over = Axes.Normalized(x.Shape, axes);
        return reduced.Reshape(new Shape([.. x.Shape.Select((d, i) => over.Contains(i) ? 1 : d)])).BroadcastTo(x.Shape);
    }
}
