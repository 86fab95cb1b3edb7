namespace AutoDiffAE.Graph;

// Truth is a number: 0 is false and all else true; what is asked is answered by 0 or 1, whose gradient is 0.
public static partial class Formulas
{
    public static Expr LogicalXor(Expr a, Expr b) => Definition.Apply("logical_xor", [a, b], p => NotEqual(NotEqual(p[0], 0), NotEqual(p[1], 0)), "");

    public static Expr IsInfinite(this Expr x) => Definition.Apply("isinf", [x], p => Expr.Equal(p[0].Abs(), double.PositiveInfinity), "");

    public static Expr IsFinite(this Expr x) => Definition.Apply("isfinite", [x], p => Expr.Greater(double.PositiveInfinity, p[0].Abs()), "");
}
