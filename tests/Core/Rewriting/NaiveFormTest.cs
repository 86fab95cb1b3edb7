using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Core.Rewriting;

/// <summary>Forms as a textbook has them, at ±1000: compiled, they and their gradients are what the stable definitions and their gradients are.</summary>
public sealed class NaiveFormTest
{
    private static readonly Expr T = Expr.Constant(Tensor<double>.Of([0.25, 1, 0], 3));

    private static readonly ImmutableDictionary<string, (Func<Expr, Expr> Naive, Func<Expr, Expr> Stable)> Forms = new Dictionary<string, (Func<Expr, Expr>, Func<Expr, Expr>)>
    {
        ["softplus"] = (x => (1 + x.Exp()).Log(), Formulas.Softplus),
        ["log sigmoid"] = (x => (1 / (1 + (-x).Exp())).Log(), Formulas.LogSigmoid),
        ["log of sigmoid"] = (x => x.Sigmoid().Log(), Formulas.LogSigmoid),
        ["log of 1 - sigmoid"] = (x => (1 - x.Sigmoid()).Log(), x => -x.Softplus()),
        ["sigmoid"] = (x => 1 / (1 + (-x).Exp()), Formulas.Sigmoid),
        ["sigmoid by two exponentials"] = (x => x.Exp() / (1 + x.Exp()), Formulas.Sigmoid),
        ["sigmoid by one exponential"] = (x => x.Exp() is var e ? e / (1 + e) : x, Formulas.Sigmoid),
        ["tanh"] = (x => (x.Exp() - (-x).Exp()) / (x.Exp() + (-x).Exp()), Formulas.Tanh),
        ["logaddexp"] = (x => (x.Exp() + (2 * x).Exp()).Log(), x => Formulas.LogAddExp(x, 2 * x)),
        ["logsumexp"] = (x => x.Exp().Sum([-1]).Log(), x => x.LogSumExp([-1])),
        ["logsumexp of all"] = (x => x.Exp().Sum().Log(), x => x.LogSumExp()),
        ["softmax"] = (x => x.Exp() / x.Exp().Sum([-1], keepDims: true), x => x.Softmax()),
        ["softmax by one exponential"] = (x => x.Exp() is var e ? e / e.Sum([-1], keepDims: true) : x, x => x.Softmax()),
        ["log softmax"] = (x => (x.Exp() / x.Exp().Sum([-1], keepDims: true)).Log(), x => x.LogSoftmax()),
        ["log softmax by one exponential"] = (x => x.Exp() is var e ? (e / e.Sum([-1], keepDims: true)).Log() : x, x => x.LogSoftmax()),
        ["log of softmax"] = (x => x.Softmax().Log(), x => x.LogSoftmax()),
        ["log softmax by a difference"] = (x => x - x.Exp().Sum([-1], keepDims: true).Log(), x => x.LogSoftmax()),
        ["cross-entropy"] = (x => -(T * (x.Exp() / x.Exp().Sum([-1], keepDims: true)).Log()).Sum(), x => -(T * x.LogSoftmax()).Sum()),
        ["cross-entropy of two"] = (x => -(T * x.Sigmoid().Log() + (1 - T) * (1 - x.Sigmoid()).Log()), x => T * (-x).Softplus() + (1 - T) * x.Softplus()),
        ["cross-entropy of two from exponentials"] = (x => 1 / (1 + (-x).Exp()) is var s ? -(T * s.Log() + (1 - T) * (1 - s).Log()).Mean() : x, x => (T * (-x).Softplus() + (1 - T) * x.Softplus()).Mean()),
    }.ToImmutableDictionary();

    public static TheoryData<string> Names => [.. Forms.Keys.Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_and_its_gradient_are_those_of_the_stable_form(string name)
    {
        foreach (var precision in new IEvaluator[] { new Compiled<double>(), new Compiled<float>() })
            foreach (var shape in new Shape[] { [3], [2, 3] })
            {
                var (x, (naive, stable)) = (Expr.Variable("x", shape), Forms[name]);
                ImmutableArray<Expr> Of(Expr y) => [y, Gradient.Of(y.Sum(), x), Gradient.Of((y * (Expr.Cos(Iota(y.Shape.Size)).Reshape(y.Shape) + 2)).Sum(), x)];
                foreach (var row in new double[][] { [1000, 1000, -1000], [-1000, 1000, 0], [-1000, -1000, -1000], [1000, 1000, 1000], [0.5, -1, 2], [30, -30, 90] })
                {
                    var value = Tensor<double>.Of(shape.Rank == 1 ? row : [.. row, .. row.Reverse()], [.. shape.Select(d => (int)d.Value!)]);
                    foreach (var (expected, found) in Oracle.Evaluate(Of(stable(x)), (x, value)).Zip(precision.Evaluate(Of(naive(x)), [(x, value)])))
                        Assert.Null(Golden.GoldenTest.Fault(found, expected, precision is Compiled<float> ? 1e-5 : 1e-12, 1));
                }
            }
    }

    [Fact]
    public void Without_the_rewrites_they_overflow()
    {
        var x = Expr.Variable("x", 3);
        var function = Compiler.Compile<double>(new Computation([x], [(1 + x.Exp()).Log()]), options: CompileOptions.None);
        Assert.Equal([double.PositiveInfinity, Math.Log(2), 0], function.Invoke(Tensor<double>.Of([1000.0, 0, -1000], 3))[0].Span.ToArray());
    }
}
