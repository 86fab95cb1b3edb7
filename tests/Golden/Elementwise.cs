using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Golden;

internal static class Elementwise
{
    public static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new()
    {
        ["elemwise_add"] = s => [s.A + s.B],
        ["elemwise_sub"] = s => [s.A - s.B],
        ["elemwise_mul"] = s => [s.A * s.B],
        ["elemwise_div"] = s => [s.A / s.B],
        ["elemwise_maximum"] = s => [Maximum(s.A, s.B)],
        ["elemwise_minimum"] = s => [Minimum(s.A, s.B)],
        ["elemwise_pow_const"] = s => s.Case.Attributes.GetProperty("exponent").GetDouble() switch
        {
            2.0 => [s.A.Pow(2), s.A.Square(), s.A * s.A],
            -1.0 => [s.A.Pow(-1), s.A.Reciprocal(), 1 / s.A],
            0.5 => [s.A.Pow(0.5), s.A.Sqrt()],
            3.0 => [s.A.Pow(3), s.A.Square() * s.A],
            var exponent => [s.A.Pow(exponent)],
        },
        ["expr tanh(a*b+c)*d"] = s => [(s.A * s.B + s.Variable("c")).Tanh() * s.Variable("d")],
        ["expr relu(x@w+b)"] = s => [(s.X.MatMul(s.Variable("w")) + s.B).Relu()],
        ["switch"] = s => [Where(Expr.Greater(s.Variable("c"), 0), s.A, s.B)],
        ["unary_log2"] = s => [s.X.Log2(), s.X.Log() / Math.Log(2)],
        ["unary_log10"] = s => [s.X.Log10(), s.X.Log() / Math.Log(10)],
        ["unary_leaky_relu_01"] = s => [s.X.LeakyRelu(), Maximum(s.X, 0.01 * s.X), Where(Expr.Greater(s.X, 0), s.X, 0.01 * s.X)],
        // These two cases are of x / 4: at x itself single precision would overflow.
        ["unary_sinh"] = s => [(s.X / 4).Sinh(), 0.5 * ((s.X / 4).Exp() - (-s.X / 4).Exp())],
        ["unary_cosh"] = s => [(s.X / 4).Cosh(), 0.5 * ((s.X / 4).Exp() + (-s.X / 4).Exp())],
        ["unary_elu"] = s => [s.X.Elu()],
        ["binary_crossentropy mean"] = s => (s.Variable("p"), s.Variable("t")) is var (p, t)
            ? [BinaryCrossEntropy(p, t), -(t * p.Log() + (1 - t) * (1 - p).Log()).Mean()] : [],
        ["categorical_crossentropy mean (int targets)"] = s => [NllLoss(s.Variable("p").Log(), Targets(s))],
        ["expr mean(-log_softmax(x)[i,t])"] = s => [CrossEntropy(s.X, Targets(s))],
    };

    private static Expr Targets(Source s) => s.Case.Integers("targets") is var targets
        ? Expr.Constant(Tensor<double>.Of(targets.Select(t => (double)t), targets.Length)) : 0;
}
