using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Core.Rewriting;

/// <summary>A form at which a rewrite fires, and forms close to it at which it must not.</summary>
public sealed record RuleCase(string Rule, Expr Fires, params ImmutableArray<Expr> Misses)
{
    /// <summary>All values are positive and less than 2.</summary>
    public static readonly Expr X = Expr.Variable("x", 2, 3), Y = Expr.Variable("y", 2, 3), P = Expr.Variable("p", 2, 3), V = Expr.Variable("v", 3), S = Expr.Variable("s"), B = Expr.Variable("b", "n", 3);

    private static readonly Expr Fixed = Expr.Constant(Tensor<double>.Of([0.5, 1, 1.5], 3));

    private static readonly Expr Image = X.Reshape(1, 1, 2, 3), Kernel = P.Reshape(1, 1, 2, 3), Last = Concatenate([X, Y], 0).Reshape(1, 1, 3, 4);

    private static readonly ConvolutionForm Plain = new([WindowAxis.Plain, WindowAxis.Plain]);

    private static readonly Expr InputGradient = Expr.Of(new Op.Convolution(Plain, Leg.Input, [4, 6]), Last, Kernel);

    private static Expr KernelGradient(Expr image) => Expr.Of(new Op.Convolution(Plain, Leg.Kernel, [2, 3]), image, Last);

    private static Expr Placed(TieRule ties) =>
        Expr.Call<Scalars.Chain>(P.Sum([1], keepDims: true).BroadcastTo([2, 3]), Expr.Of(new Op.MaximumIndicator([1], ties), X));

    public static readonly ImmutableArray<Expr> Variables = [X, Y, P, V, S, B];

    public static readonly ImmutableArray<RuleCase> All =
    [
        new("fold-size", V * SizeOf(3), V * SizeOf("n") + B.Sum()),
        new("fold-where", Where(1, X, Y), Where(X, Y, P), Where(double.NaN, X, Y)),
        new("fold-numbers", X + (Expr)2 * 3, X + S * 3),
        new("fold-constants", V + Fixed * 2, V + Fixed * S),
        new("fold-movement", X + ((Expr)2).BroadcastTo([3, 2]).Transpose(), X + ((Expr)2).BroadcastTo([2, 3])),
        new("fold-zeros", X.Pad((1, 1), (0, 0)) + ((Expr)0).BroadcastTo([2, 3]).Pad((1, 1), (0, 0)), ((Expr)1).BroadcastTo([2, 3]).Pad((1, 1), (0, 0)), ((Expr)(-0.0)).BroadcastTo([2, 3]).Pad((1, 1), (0, 0))),
        new("fold-reshape", V.Reshape(1, 3) * Fixed.Reshape(1, 3), V.Reshape(1, 3)),
        new("fold-sum", V * Fixed.Sum(), V * V.Sum(), X * Expr.Constant(Tensor<double>.Of([1.0, 2], 2, 1)).Sum([1], keepDims: true)),

        new("times-one", X * 1, X * 2),
        new("over-one", X / 1, 1 / X),
        new("plus-zero", 0 + X, 1 + X),
        new("minus-zero", X - 0, 0 - X),
        new("zero-minus", 0 - X, X - 0),
        new("chain-of-zero", Y + Expr.Call<Scalars.Chain>(0, X), Expr.Call<Scalars.Chain>(1, X)),
        new("times-zero", Y + 0 * X, Y + 1 * X),
        new("zero-over", Y + 0 / X, Y + X / 0.5),
        new("minus-itself", Y + (X - X), Y + (X - P)),
        new("over-itself", Y + X / X, Y + X / P),

        new("negation-twice", -(-X), -X.Abs()),
        new("negated-difference", -(X - Y), -(X + Y)),
        new("negated-scale", -(3 * X), -(S * X)),
        new("plus-negative", X + -Y, X + Y, X - -Y),
        new("minus-negative", X - -Y, X - Y, -X - Y),
        new("negative-minus", -X - Y, X - Y, -X + Y),
        new("scale-of-negative", 3 * -X, S * -X),
        new("negative-factor", -X * Y, X * Y, -X + Y),
        new("even", (-X).Square() + (-X).Abs() + Expr.Cos(-X), Expr.Sin(-X), (-X).Exp()),
        new("square-of-magnitude", X.Abs().Square(), X.Square().Abs(), X.Relu().Square()),
        new("magnitude-of-what-is-not-negative", X.Square().Abs(), X.Log().Abs(), X.Tanh().Abs()),

        new("times-minus-one", X * -1, X * -2),
        new("chain-of-number", Expr.Call<Scalars.Chain>(X, 3), Expr.Call<Scalars.Chain>(X, 0), Expr.Call<Scalars.Chain>(X, Y), Expr.Call<Scalars.Chain>(X, double.PositiveInfinity)),
        new("over-power-of-two", X / 8, X / 3, X / 0, X / S),
        new("scale-of-scale", 3 * (5 * X), 3 * (S * X), 1e300 * (1e300 * X), 1e-20 * (1e-20 * X)),
        new("shift-of-shift", 3 + (5 + X), 0.1 + (0.2 + X), 3 + (S + X)),
        new("times-reciprocal", X * (1 / Y), X * (2 / Y), Expr.Call<Scalars.Chain>(X, 1 / Y)),

        new("power-zero", Y + X.Pow(0), X.Pow(1)),
        new("power-one", X.Pow(1), X.Pow(S)),
        new("power-two", X.Pow(2), X.Pow(2.5)),
        new("power-three", X.Pow(3), X.Pow(4)),
        new("power-half", X.Pow(0.5), X.Pow(1.5)),
        new("power-minus-half", X.Pow(-0.5), X.Pow(0.5)),
        new("power-minus-one", X.Pow(-1), X.Pow(1)),
        new("power-minus-two", X.Pow(-2), X.Pow(2)),
        new("product-with-itself", X * X, X * Y),

        new("log-of-exp", X.Exp().Log(), X.Expm1().Log(), X.Exp().Log1p()),
        new("exp-of-log", X.Log().Exp(), X.Log1p().Exp()),
        new("log1p-of-expm1", X.Expm1().Log1p(), X.Exp().Log1p()),
        new("expm1-of-log1p", X.Log1p().Expm1(), X.Log().Expm1()),
        new("root-of-square", X.Square().Sqrt(), X.Abs().Sqrt(), (X.Square() + 1).Sqrt()),
        new("square-of-root", X.Sqrt().Square(), X.Abs().Square()),
        new("twice-is-once", X.Relu().Relu(), X.Abs().Relu(), Maximum(X.Relu(), 0)),
        new("rounded-once", Y + X.Ceil().Floor(), Y + X.Sign().Floor()),

        new("either-way", Where(Y, X, X), Where(Y, X, P)),
        new("larger-of-itself", Maximum(X, X), Maximum(X, Y), Maximum(X, 0)),
        new("beyond-itself", Y + Expr.Greater(X, X), Expr.GreaterOrEqual(X, X), Expr.Equal(X, X), Expr.Greater(X, Y)),

        new("reshape-to-its-shape", Expr.Of(new Op.Reshape([2, 3]), X), X.Reshape(3, 2)),
        new("reshape-twice", X.Reshape(6).Reshape(3, 2), X.Reshape(6).Square().Reshape(3, 2)),
        new("permute-in-order", Expr.Of(new Op.Permute([0, 1]), X), X.Transpose()),
        new("permute-twice", X.Transpose().Transpose(), X.Transpose().Square().Transpose()),
        new("permute-of-ones", V.Reshape(1, 3).Transpose(), X.Transpose()),
        new("broadcast-to-its-shape", Expr.Of(new Op.BroadcastTo([2, 3]), X), V.BroadcastTo([2, 3])),
        new("broadcast-twice", V.BroadcastTo([2, 3]).BroadcastTo([4, 2, 3]), V.BroadcastTo([2, 3]).Square().BroadcastTo([4, 2, 3])),
        new("broadcast-of-leading-ones", X + V.Reshape(1, 3), X + X.Sum([1], keepDims: true)),
        new("function-of-broadcasts", V.BroadcastTo([2, 3]).Exp() * 2, X.Exp(), X * V.BroadcastTo([2, 3]), V.BroadcastTo([2, 3]) * S.BroadcastTo([2, 3])),
        new("windows-of-one-tap", Expr.Of(new Op.Windows([new(1)]), X), Expr.Of(new Op.Windows([new(1, 2)]), X), Expr.Of(new Op.Windows([new(2)]), X)),
        new("transposed-product", X.Transpose().MatMul(Y).Transpose(), X.MatMul(Y.Reshape(3, 2)).Transpose()),

        new("slice-of-all", X.Slice(StridedRange.All(2), StridedRange.All(3)), X.Slice(StridedRange.All(2), new(2, 3, -1))),
        new("slice-twice", X.Slice(1, new(2, 3, -1)).Slice(1, new(1, 2)), X.Slice(1, new(0, 2)).Square().Slice(1, new(0, 1))),
        new("slice-of-pad", X.Pad((1, 1), (0, 2)).Slice(new StridedRange(1, 2), new(0, 3)), X.Pad((1, 1), (0, 2)).Slice(new StridedRange(0, 2), new(0, 3))),
        new("slice-of-broadcast", V.BroadcastTo([4, 3]).Slice(0, new(1, 2)), V.BroadcastTo([4, 3]).Slice(1, new(1, 2))),
        new("slice-of-concat", Concatenate([X, Y]).Slice(0, new(2, 1)), Concatenate([X, Y]).Slice(0, new(1, 2))),
        new("pad-of-all", X.Pad((0, 0), (0, 0)), X.Pad((0, 1), (0, 0))),
        new("concat-of-one", Concatenate([X]), Concatenate([X, Y])),
        new("concat-of-slices", Concatenate([X.Slice(1, new(0, 1)), X.Slice(1, new(1, 2))], 1), Concatenate([X.Slice(1, new(1, 2)), X.Slice(1, new(0, 1))], 1), Concatenate([X.Slice(1, new(0, 1)), Y.Slice(1, new(1, 2))], 1)),

        new("sum-over-nothing", Expr.Of(new Op.Sum([]), X), X.Sum([0])),
        new("sum-over-ones", V.Reshape(1, 3).Sum([0]), V.Reshape(1, 3).Sum([1]), V.Reshape(1, 3).Max([0])),
        new("sum-of-broadcast", V.BroadcastTo([2, 3]).Sum([0]) + B.Sum() * S.BroadcastTo([2, "n", 3]).Sum([1, 2]).Sum(), V.BroadcastTo([2, 3]).Sum([1]), V.BroadcastTo([2, 3]).Max([0])),
        new("sum-of-negatives", (-X).Sum([1]), (-X).Max([1]), (X - Y).Sum([1])),
        new("sum-of-scaled", (3 * X).Sum([1]), (S * X).Sum([1]), Shared(3 * X)),
        new("sum-of-divided", (X / 3).Sum([1]), (3 / X).Sum([1]), Shared(X / 3)),
        new("sum-of-sum", X.Sum([0]).Sum(), X.Max([0]).Sum(), Shared(X.Sum([0])), Expr.Of(new Op.Windows([new(2)]), X).Sum([2]).Sum()),
        new("sum-of-permuted", X.Transpose().Sum([0]), X.Reshape(1, 2, 3).Permute(0, 2, 1).Sum([0])),
        new("sum-of-reshaped", X.Reshape(1, 6).Sum(), X.Reshape(3, 2).Sum([0]), X.Reshape(6).Sum()),

        new("log1p", (1 + X).Log(), (2 + X).Log()),
        new("expm1", X.Exp() - 1, X.Exp() - 2, 1 - X.Exp()),
        new("softplus", X.Exp().Log1p(), X.Expm1().Log1p()),
        new("logaddexp", (X.Exp() + Y.Exp()).Log(), (X.Exp() - Y.Exp()).Log(), (X.Exp() + Y).Log()),
        new("logsigmoid", X.Sigmoid().Log(), X.Tanh().Log()),
        new("negated-softplus", -(-X).Softplus(), -X.Softplus()),
        new("logsigmoid-of-negative", (-X).LogSigmoid(), X.LogSigmoid()),

        new("sigmoid-of-exponentials", X.Exp() / (1 + X.Exp()), X.Exp() / (1 + Y.Exp()), X.Exp() / (2 + X.Exp())),
        new("over-one-plus-exp", Y / (1 + (-X).Exp()), Y / (2 + (-X).Exp()), Y / (1 + X)),
        new("one-minus-sigmoid", 1 - X.Sigmoid(), 2 - X.Sigmoid(), X.Sigmoid() - 1),
        new("tanh-of-exponentials", Same(X.Exp(), (-X).Exp(), (p, q) => (p - q) / (p + q)), Same(X.Exp(), Y.Exp(), (p, q) => (p - q) / (p + q)), Same(X.Exp(), (-X).Exp(), (p, q) => (p + q) / (p - q))),

        new("sigmoid-times-exp", (-X).Sigmoid() * Y * X.Exp(), X.Sigmoid() * Y * X.Exp(), (-X).Sigmoid() * Y * P.Exp()),
        new("share-of-exp", X.Exp() * (Y / (X.Exp() + P.Exp())), Y.Exp() * (1 / (X.Exp() + P.Exp()))),
        new("cancelled-factor", Y / X.Sigmoid() * (X.Sigmoid() * P), Y / X * (X * P), Y / X.Sigmoid() * (P.Sigmoid() * X)),
        new("cancelled-term", X.Exp() * (Y / X.Exp() - P), X * (Y / X - P), X.Exp() * (Y / P.Exp() - P)),
        new("cross-entropy-of-two", (Y / X.Sigmoid() - V / P.Sigmoid()) * (X.Sigmoid() * P.Sigmoid()), (Y / X - V / P) * (X * P), (Y / X.Sigmoid() - V / X.Sigmoid()) * (X.Sigmoid() * P.Sigmoid())),

        new("logsumexp", X.Exp().Sum([1], keepDims: true).Log(), X.Square().Sum([1]).Log(), (X - X.Max([1], keepDims: true)).Exp().Sum([1]).Log()),
        new("softmax", Same(X.Exp(), e => e / e.Sum([1], keepDims: true)), X.Exp() / Y.Exp().Sum([1], keepDims: true), Same((X - X.Max([1], keepDims: true)).Exp(), e => e / e.Sum([1], keepDims: true)), Same(X.Reshape(2, 3, 1).Exp(), e => X.Exp().Reshape(2, 3, 1) / e.Sum([2], keepDims: true))),
        new("log-softmax", Same(X.Exp(), e => e / e.Sum([1], keepDims: true)).Log(), X.Softmax().Log(), X.Sigmoid().Log()),
        new("log-softmax-of-difference", X - X.Exp().Sum([1], keepDims: true).Log(), X - Y.Exp().Sum([1], keepDims: true).Log(), X - X.Square().Sum([1], keepDims: true).Log()),
        new("log-of-share", X.Softmax().Log(), Same(X.Exp(), e => e / e.Sum([1], keepDims: true)).Log()),
        new("softmax-of-factors", Same(X.Exp(), e => e * (Y / e.Sum([0, 1], keepDims: true))), Same(X.Exp(), e => P.Exp() * (Y / e.Sum([1], keepDims: true)))),
        new("softmax-of-terms", Same(X.Exp(), e => e * (Y / e.Sum([1], keepDims: true) - P / e.Sum([1], keepDims: true))), Same(X.Exp(), e => e * (Y / e.Sum([1], keepDims: true) - P))),
        new("divisor-of-row", Same(X.Exp(), e => (Y * (P / e.Sum([1], keepDims: true))).Sum([1])), (Y / X.Sum([1], keepDims: true)).Sum([1]), Same(X.Exp(), e => (Y / e.Sum([1], keepDims: true)).Sum([0]))),

        new("sum-of-broadcast-products", (X.Reshape(2, 3, 1) * Y.Reshape(3, 2).Reshape(1, 3, 2)).Sum([1]), (X.Reshape(2, 3, 1) + Y.Reshape(1, 3, 2)).Sum([1]), (X.Reshape(2, 3, 1) * Y.Reshape(1, 3, 2)).Sum([0]), (X.Reshape(2, 3, 1) * Y.Reshape(1, 3, 2)).Max([1])),

        new("convolution-of-repeats", Image.Repeat(2, 2).Convolve(Kernel), Image.Repeat(2, 2).Convolve(Kernel, [new(2), new(2)]), Image.Tile(2, 2).Convolve(Kernel), Image.Repeat(2, 2).Convolve(S.Reshape(1, 1, 1, 1))),
        new("sum-of-repeats-gradient", InputGradient.Reshape(1, 1, 2, 2, 3, 2).Sum([3, 5]), InputGradient.Reshape(1, 1, 2, 2, 3, 2).Sum([2, 4]), InputGradient.Reshape(1, 1, 2, 2, 6).Sum([2])),
        new("kernel-gradient-of-repeats", KernelGradient(Image.Repeat(2, 2)), KernelGradient(Image.Tile(2, 2))),
        new("sum-of-placed-cotangent", Placed(TieRule.First).Sum([1]), Placed(TieRule.Share).Sum([1]), Placed(TieRule.First).Sum([0])),
    ];

    public override string ToString() => Rule;

    private static Expr Same(Expr e, Func<Expr, Expr> form) => form(e);

    private static Expr Same(Expr a, Expr b, Func<Expr, Expr, Expr> form) => form(a, b);

    /// <summary>A sum of what something else reads too.</summary>
    private static Expr Shared(Expr x) => x.Sum([0]).Sum() + x.Exp().Sum();
}
