using System.Collections.Immutable;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>The words in which formulas are written: <c>using static AutoDiffAE.Graph.Formulas;</c></summary>
public static partial class Formulas
{
    public static Expr Exp(this Expr x) => Expr.Call<Exp>(x);
    public static Expr Log(this Expr x) => Expr.Call<Log>(x);
    public static Expr Log1p(this Expr x) => Expr.Call<Log1p>(x);
    public static Expr Sqrt(this Expr x) => Expr.Call<Sqrt>(x);
    public static Expr Square(this Expr x) => Expr.Call<Square>(x);
    public static Expr Reciprocal(this Expr x) => Expr.Call<Reciprocal>(x);
    public static Expr Abs(this Expr x) => Expr.Call<Abs>(x);
    public static Expr Sign(this Expr x) => Expr.Call<Sign>(x);
    public static Expr Floor(this Expr x) => Expr.Call<Floor>(x);
    public static Expr Sin(this Expr x) => Expr.Call<Sin>(x);
    public static Expr Cos(this Expr x) => Expr.Call<Cos>(x);
    public static Expr Tanh(this Expr x) => Expr.Call<Tanh>(x);
    public static Expr Sigmoid(this Expr x) => Expr.Call<Sigmoid>(x);
    public static Expr Softplus(this Expr x) => Expr.Call<Softplus>(x);
    public static Expr Relu(this Expr x) => Expr.Call<Relu>(x);

    /// <summary>The larger of two values, element by element.</summary>
    public static Expr Maximum(Expr a, Expr b) => Expr.Call<Larger>(a, b);

    /// <summary>The smaller of two values, element by element.</summary>
    public static Expr Minimum(Expr a, Expr b) => Expr.Call<Smaller>(a, b);

    /// <summary>a where the condition is not 0, else b.</summary>
    public static Expr Where(Expr condition, Expr a, Expr b) => Expr.Call<Where>(condition, a, b);

    /// <summary>The value, through which no gradient flows.</summary>
    public static Expr StopGradient(this Expr x) => Expr.Of(new Op.StopGradient(), x);

    /// <summary>The value, computed after the others: see <see cref="Op.After"/>.</summary>
    /// <exception cref="ShapeException">There are no others.</exception>
    public static Expr After(this Expr x, params ImmutableArray<Expr> others) => Expr.Of(new Op.After(), [x, .. others]);

    /// <summary>A length as a number.</summary>
    public static Expr SizeOf(Dim length) => Expr.Of(new Op.SizeOf(length));

    /// <summary>The vector 0, 1, …, length - 1.</summary>
    /// <exception cref="ShapeException">The length may be negative.</exception>
    public static Expr Iota(Dim length) => Expr.Of(new Op.Iota(length));
}
