using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>NaN counts as the largest number: it is sorted last, and first where the order descends.</summary>
public static partial class Formulas
{
    /// <summary>The positions that sort along an axis; equal elements keep their order.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Expr ArgSort(this Expr x, int axis = -1, bool descending = false)
    {
        var at = x.Shape.Axis(axis);
        if (!descending) return Expr.Of(new Op.ArgSort(at), x);
        return Definition.Apply("argsort", [x], p => SizeOf(x.Shape[at]) - 1 - p[0].Flip(at).ArgSort(at).Flip(at), $"axis={at}, descending=true");
    }

    /// <summary>The elements in order along an axis.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Expr Sort(this Expr x, int axis = -1, bool descending = false)
    {
        var at = x.Shape.Axis(axis);
        return Definition.Apply("sort", [x], p => p[0].TakeAlong(p[0].ArgSort(at, descending), at), $"axis={at}{(descending ? ", descending=true" : "")}");
    }

    /// <summary>The k largest elements along an axis, the largest first; or the smallest, the smallest first.</summary>
    /// <exception cref="ShapeException">The axis does not exist, or may have fewer elements.</exception>
    public static Expr TopK(this Expr x, int k, int axis = -1, bool largest = true) =>
        Definition.Apply("topk", [x], p => p[0].TakeAlong(p[0].ArgTopK(k, axis, largest), axis), Ranked(x, k, axis, largest));

    /// <summary>The positions of the k largest elements along an axis, or of the smallest; of equal elements the first.</summary>
    /// <exception cref="ShapeException">The axis does not exist, or may have fewer elements.</exception>
    public static Expr ArgTopK(this Expr x, int k, int axis = -1, bool largest = true) =>
        Definition.Apply("argtopk", [x], p => p[0].ArgSort(axis, descending: largest).Slice(axis, new StridedRange(0, k)), Ranked(x, k, axis, largest));

    /// <summary>The position of the first maximum along an axis, or in row-major order; of the first NaN where there is one.</summary>
    /// <exception cref="ShapeException">The axis does not exist or may be empty.</exception>
    public static Expr ArgMax(this Expr x, int? axis = null, bool keepDims = false) => ArgExtreme("argmax", x, axis, keepDims, (e, a) => e.Max(a, keepDims: true));

    /// <summary>The position of the first minimum along an axis, or in row-major order; of the first NaN where there is one.</summary>
    /// <exception cref="ShapeException">The axis does not exist or may be empty.</exception>
    public static Expr ArgMin(this Expr x, int? axis = null, bool keepDims = false) => ArgExtreme("argmin", x, axis, keepDims, (e, a) => e.Min(a, keepDims: true));

    private static string Ranked(Expr x, int k, int axis, bool largest) => $"k={k}, axis={x.Shape.Axis(axis)}{(largest ? "" : ", largest=false")}";

    private static Expr ArgExtreme(string name, Expr x, int? axis, bool keepDims, Func<Expr, int[], Expr> extreme)
    {
        var at = axis is int given ? x.Shape.Axis(given) : 0;
        return Definition.Apply(name, [x], p =>
        {
            var e = axis is null ? p[0].StopGradient().Flatten(0) : p[0].StopGradient();
            var found = Maximum(Expr.Equal(e, extreme(e, [at])), NotEqual(e, e));
            var first = Where(found, Positions(e.Shape, at), SizeOf(e.Shape[at])).Min([at]);
            return keepDims ? first.Reshape(new Shape([.. x.Shape.Select((d, i) => axis is null || i == at ? 1 : d)])) : first;
        }, string.Join(", ", (string[])[.. axis is null ? Array.Empty<string>() : [$"axis={at}"], .. keepDims ? ["keepdims=true"] : Array.Empty<string>()]));
    }
}
