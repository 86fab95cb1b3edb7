using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>yₖ = aₖ yₖ₋₁ + bₖ along an axis from y₀ = b₀ on; reversed, from the end. The first a is not read.</summary>
    /// <exception cref="ShapeException">There is no such axis, or a and b do not broadcast.</exception>
    public static Expr Cumulate(Expr a, Expr b, int axis, bool reverse = false)
    {
        var shape = Broadcast.Common(a.Shape, b.Shape) ?? throw Refusal.Of("cumulate", [a, b], "factors and terms do not broadcast", Origin.Here());
        return Expr.Of(new Op.Cumulate(shape.Axis(axis), reverse), a.BroadcastTo(shape), b.BroadcastTo(shape));
    }

    /// <summary>x₀ + … + xₖ along an axis.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Expr CumSum(this Expr x, int axis) => Along("cumsum", x, axis, (e, at) => Cumulate(1, e, at));

    /// <summary>x₀ ⋯ xₖ along an axis; no derivative divides, so zeros are elements like others.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Expr CumProd(this Expr x, int axis) => Along("cumprod", x, axis, (e, at) => Cumulate(e, Where(Expr.Equal(Positions(e.Shape, at), 0), e, 0), at));

    /// <summary>max(x₀, …, xₖ) along an axis; of equal elements the last has the cotangent.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Expr CumMax(this Expr x, int axis) => Expr.Of(new Op.RunningMaximum(x.Shape.Axis(axis)), x);

    /// <summary>min(x₀, …, xₖ) along an axis; of equal elements the last has the cotangent.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Expr CumMin(this Expr x, int axis) => Along("cummin", x, axis, (e, at) => -(-e).CumMax(at));

    /// <summary>
    /// ln(eˣ⁰ + … + eˣᵏ) along an axis. With m the running maximum, cₖ = eᵐᵏ⁻¹⁻ᵐᵏ cₖ₋₁ + eˣᵏ⁻ᵐᵏ lies between 1 and k + 1, and y = m + ln c is the
    /// same for every m, which therefore is held fast. Where m is not finite, 0 stands in its place: e⁻∞ = 0 adds nothing and e⁺∞ all.
    /// </summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Expr LogCumSumExp(this Expr x, int axis) => Along("logcumsumexp", x, axis, (e, at) =>
    {
        var top = e.StopGradient().CumMax(at);
        var m = Where(Less(top.Abs(), double.PositiveInfinity), top, 0);
        return m + Cumulate((top.Shifted(at) - m).Exp(), (e - m).Exp(), at).Log();
    });

    /// <summary>Each element one place further along an axis, 0 at the start and the last dropped; reversed, one place back.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Expr Shifted(this Expr x, int axis, bool reverse = false)
    {
        var at = x.Shape.Axis(axis);
        return x.Pad([.. x.Shape.Select((_, i) => i != at ? (0, 0) : reverse ? (0, 1) : (1, 0))]).Slice(at, new StridedRange(reverse ? 1 : 0, x.Shape[at]));
    }

    /// <summary>For each element the product of all others over the axes: of those before it times of those behind it.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr ProductOfOthers(this Expr x, IReadOnlyCollection<int>? axes = null)
    {
        var over = Axes.Normalized(x.Shape, axes);
        return Definition.Apply("product_of_others", [x], p =>
        {
            var order = Axes.Of([.. Enumerable.Range(0, x.Rank).Where(i => !over.Contains(i)), .. over]);
            var moved = p[0].Permute([.. order]);
            var lines = moved.Flatten(x.Rank - over.Count);
            var at = lines.Rank - 1;
            Expr Beyond(bool reverse) => Cumulate(
                lines.Shifted(at, reverse), Expr.Equal(Positions(lines.Shape, at), reverse ? SizeOf(lines.Shape[at]) - 1 : 0), at, reverse);
            return (Beyond(false) * Beyond(true)).Reshape(moved.Shape).Permute([.. order.Inverse]);
        }, $"axis={Language.Spelling.Axes(over)}");
    }

    private static Expr Along(string name, Expr x, int axis, Func<Expr, int, Expr> body) =>
        x.Shape.Axis(axis) is var at ? Definition.Apply(name, [x], p => body(p[0], at), $"axis={at}") : x;
}
