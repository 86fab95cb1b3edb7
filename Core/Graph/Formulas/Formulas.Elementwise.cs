using AutoDiffAE.Scalars;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>aᵇ; a negative base has one where the exponent is integral, and 0⁰ = 1.</summary>
    public static Expr Pow(this Expr a, Expr b) => Expr.Call<Pow>(a, b);
    public static Expr Rsqrt(this Expr x) => Expr.Call<Rsqrt>(x);
    public static Expr Hypot(Expr a, Expr b) => Expr.Call<Hypot>(a, b);
    public static Expr Exp2(this Expr x) => Expr.Call<Exp2>(x);
    public static Expr Expm1(this Expr x) => Expr.Call<Expm1>(x);
    public static Expr Log2(this Expr x) => Expr.Call<Log2>(x);
    public static Expr Log10(this Expr x) => Expr.Call<Log10>(x);

    /// <summary>ln(eᵃ + eᵇ)</summary>
    public static Expr LogAddExp(Expr a, Expr b) => Expr.Call<LogAddExp>(a, b);

    /// <summary>a ln b, and 0 where a = 0.</summary>
    public static Expr Xlogy(Expr a, Expr b) => Expr.Call<Xlogy>(a, b);

    public static Expr Tan(this Expr x) => Expr.Call<Tan>(x);
    public static Expr Asin(this Expr x) => Expr.Call<Asin>(x);
    public static Expr Acos(this Expr x) => Expr.Call<Acos>(x);
    public static Expr Atan(this Expr x) => Expr.Call<Atan>(x);

    /// <summary>The angle of the point (x, y).</summary>
    public static Expr Atan2(Expr y, Expr x) => Expr.Call<Atan2>(y, x);
    public static Expr Sinh(this Expr x) => Expr.Call<Sinh>(x);
    public static Expr Cosh(this Expr x) => Expr.Call<Cosh>(x);
    public static Expr Asinh(this Expr x) => Expr.Call<Asinh>(x);
    public static Expr Acosh(this Expr x) => Expr.Call<Acosh>(x);
    public static Expr Atanh(this Expr x) => Expr.Call<Atanh>(x);

    public static Expr Erf(this Expr x) => Expr.Call<Erf>(x);
    public static Expr Erfc(this Expr x) => Expr.Call<Erfc>(x);
    public static Expr Erfinv(this Expr x) => Expr.Call<Erfinv>(x);

    /// <summary>ln |Γ(x)|</summary>
    public static Expr LogGamma(this Expr x) => Expr.Call<LogGamma>(x);
    public static Expr Digamma(this Expr x) => Expr.Call<Digamma>(x);

    /// <summary>The derivative of digamma of order 1, 2, ..., which is a constant.</summary>
    public static Expr Polygamma(Expr order, Expr x) => Expr.Call<Polygamma>(order, x);

    /// <summary>sin πx / πx</summary>
    public static Expr Sinc(this Expr x) => Expr.Call<Sinc>(x);

    public static Expr Ceil(this Expr x) => Expr.Call<Ceil>(x);
    public static Expr Trunc(this Expr x) => Expr.Call<Trunc>(x);

    /// <summary>The closest integer, of two the even one.</summary>
    public static Expr Round(this Expr x) => Expr.Call<Round>(x);
    public static Expr Clip(this Expr x, Expr low, Expr high) => Expr.Call<Clip>(x, low, high);

    /// <summary>a - b ⌊a / b⌋, which has the sign of b: numpy's %, exact for quotients of any size.</summary>
    public static Expr Remainder(Expr a, Expr b) => Expr.Call<Remainder>(a, b);

    /// <summary>a - b trunc(a / b), which has the sign of a: C's fmod.</summary>
    public static Expr Fmod(Expr a, Expr b) => Expr.Call<Fmod>(a, b);

    /// <summary>|a| with the sign of b.</summary>
    public static Expr CopySign(Expr a, Expr b) => Expr.Call<CopySign>(a, b);

    public static Expr Less(Expr a, Expr b) => Expr.Call<Less>(a, b);
    public static Expr LessOrEqual(Expr a, Expr b) => Expr.Call<LessOrEqual>(a, b);
    public static Expr NotEqual(Expr a, Expr b) => Expr.Call<NotEqual>(a, b);
    public static Expr LogicalAnd(Expr a, Expr b) => Expr.Call<LogicalAnd>(a, b);
    public static Expr LogicalOr(Expr a, Expr b) => Expr.Call<LogicalOr>(a, b);
    public static Expr LogicalNot(this Expr x) => Expr.Call<LogicalNot>(x);
    public static Expr IsNaN(this Expr x) => Expr.Call<IsNaN>(x);

    /// <summary>x where positive, else slope · x; the slope may be learned.</summary>
    public static Expr LeakyRelu(this Expr x, Expr? slope = null) => Expr.Call<LeakyRelu>(x, slope ?? 0.01);

    /// <summary>x where positive, else slope · x: one slope, or a vector of one for each channel of (n, channels, …).</summary>
    public static Expr Prelu(this Expr x, Expr slope) =>
        Expr.Call<LeakyRelu>(x, slope.Rank == 1 && x.Rank >= 2 && !slope.Shape[0].Is(1) ? AlongClasses(slope, x, 1) : slope);
    public static Expr Elu(this Expr x, Expr? alpha = null) => Expr.Call<Elu>(x, alpha ?? 1);
    public static Expr Celu(this Expr x, Expr? alpha = null) => Expr.Call<Celu>(x, alpha ?? 1);
    public static Expr Selu(this Expr x) => Expr.Call<Selu>(x);
    public static Expr Silu(this Expr x) => Expr.Call<Silu>(x);
    public static Expr Mish(this Expr x) => Expr.Call<Mish>(x);
    public static Expr Softsign(this Expr x) => Expr.Call<Softsign>(x);
    public static Expr LogSigmoid(this Expr x) => Expr.Call<LogSigmoid>(x);
    public static Expr Relu6(this Expr x) => Expr.Call<Relu6>(x);
    public static Expr HardTanh(this Expr x) => Expr.Call<HardTanh>(x);
    public static Expr HardSigmoid(this Expr x) => Expr.Call<HardSigmoid>(x);
    public static Expr HardSwish(this Expr x) => Expr.Call<HardSwish>(x);
    public static Expr Gelu(this Expr x) => Expr.Call<Gelu>(x);

    /// <summary>gelu with Φ approximated by a sigmoid.</summary>
    public static Expr GeluTanh(this Expr x) => Expr.Call<GeluTanh>(x);
}
