using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>The sum over axes (all when none are given), which are dropped unless kept with length 1.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr Sum(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false) =>
        Reduce(x, axes, keepDims, a => new Op.Sum(a));

    /// <summary>The product over axes (all when none are given).</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr Prod(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false) =>
        Reduce(x, axes, keepDims, a => new Op.Product(a));

    /// <summary>1 where some element over the axes is not 0 (NaN is not), else 0.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr Any(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false) =>
        Definition.Apply("any", [x], p => Expr.Greater(Sum(NotEqual(p[0], 0), axes, keepDims), 0), Spelled(x, axes, keepDims));

    /// <summary>1 where no element over the axes is 0, else 0.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr All(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false) =>
        Definition.Apply("all", [x], p => Expr.Equal(Sum(Expr.Equal(p[0], 0), axes, keepDims), 0), Spelled(x, axes, keepDims));

    /// <summary>How many elements over the axes are not 0.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr CountNonzero(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false) =>
        Definition.Apply("count_nonzero", [x], p => Sum(NotEqual(p[0], 0), axes, keepDims), Spelled(x, axes, keepDims));

    /// <summary>The maximum over axes (all when none are given); ties share the cotangent unless another rule is asked for.</summary>
    /// <exception cref="ShapeException">An axis does not exist or may be empty.</exception>
    public static Expr Max(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false, TieRule ties = TieRule.Share) =>
        Reduce(x, axes, keepDims, a => new Op.Maximum(a, ties));

    /// <summary>The minimum over axes: -max(-x).</summary>
    /// <exception cref="ShapeException">An axis does not exist or may be empty.</exception>
    public static Expr Min(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false, TieRule ties = TieRule.Share) =>
        Definition.Apply("min", [x], p => -Max(-p[0], axes, keepDims, ties), $"{Spelled(x, axes, keepDims)}{Language.Spelling.Ties(ties)}");

    /// <summary>The mean over axes (all when none are given): the sum divided by the number of elements.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr Mean(this Expr x, IReadOnlyCollection<int>? axes = null, bool keepDims = false) =>
        Definition.Apply("mean", [x], p => Sum(p[0], axes, keepDims) / SizeOf(Count(x.Shape, axes)), Spelled(x, axes, keepDims));

    private static string Spelled(Expr x, IReadOnlyCollection<int>? axes, bool keepDims) =>
        $"axis={Language.Spelling.Axes(Axes.Normalized(x.Shape, axes))}{(keepDims ? ", keepdims=true" : "")}";

    private static Dim Count(Shape shape, IReadOnlyCollection<int>? axes) =>
        Axes.Normalized(shape, axes).Aggregate((Dim)1, (n, a) => n * shape[a]);

    private static Expr Reduce(Expr x, IReadOnlyCollection<int>? axes, bool keepDims, Func<Axes, Op> op)
    {
        var normal = Axes.Normalized(x.Shape, axes);
        if (normal.Count == 0) return x;
        var reduced = Expr.Of(op(normal), x);
        return keepDims
            ? reduced.Reshape(new Shape([.. x.Shape.Select((d, i) => normal.Contains(i) ? 1 : d)]))
            : reduced;
    }
}
