using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Tests.Golden;

/// <summary>Cases whose output is a gradient already, so that their gradient is of order two.</summary>
internal static class SecondDerivatives
{
    public static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new()
    {
        ["second_derivative"] = s => Cost(s) is { } cost ? [Gradient.Of(cost, s.Variable(s.Case.Inputs[0]))] : [],
        ["hessian"] = s => [Scalar(s.X)],
    };

    /// <summary>Σ tanh(x)·roll(x, 1)² + log Σ eˣ</summary>
    public static Expr Scalar(Expr x) => (x.Tanh() * x.Roll(1, 0).Square()).Sum() + x.LogSumExp();

    private static Expr? Cost(Source s) => s.Case.Text("f") switch
    {
        "sum tanh(x)" => s.X.Tanh().Sum(),
        "sum sigmoid(x)" => s.X.Sigmoid().Sum(),
        "sum softplus(x)" => s.X.Softplus().Sum(),
        "sum exp(x)" => s.X.Exp().Sum(),
        "sum log cosh x" => (0.5 * (s.X.Exp() + (-s.X).Exp())).Log().Sum(),
        "sum 100(x[:,1:]-x[:,:-1]^2)^2+(1-x[:,:-1])^2" => Rosenbrock(s.X),
        "sum (1+x^2)^-1/2" => (1 / (1 + s.X.Square()).Sqrt()).Sum(),
        "sum log var(x,axis 0)" => s.X.Var([0]).Log().Sum(),
        "mean((tanh(x@w)-t)^2), wrt w" => (s.X.MatMul(s.Variable("w")).Tanh() - s.Variable("t")).Square().Mean(),
        "sum tanh(conv2d(x,w,valid,filter_flip))^2, wrt w" => s.X.Convolve(s.Variable("w"), flip: true).Tanh().Square().Sum(),
        "sum tanh(conv2d(x,w,border 1,stride 2,filter_flip))^2, wrt x" =>
            s.X.Convolve(s.Variable("w"), [new(2, 1, 1, 1), new(2, 1, 1, 1)], flip: true).Tanh().Square().Sum(),
        "sum maxpool2x2(x)^3" => s.X.MaxPool(2, 2) is var y ? (y.Square() * y).Sum() : null,
        "sum tanh(upsample2(x))^2" => s.X.Repeat(2, 2).Tanh().Square().Sum(),
        "prod tanh(x)" => Product(s.X.Tanh().Flatten(0)),
        _ => null,
    };

    private static Expr Product(Expr x) =>
        Enumerable.Range(0, (int)x.Shape[0].Value!).Select(i => x.Slice(new StridedRange(i, 1)).Sum()).Aggregate((a, b) => a * b);

    private static Expr Rosenbrock(Expr x)
    {
        var n = x.Shape[1];
        var (next, here) = (x.Slice(1, new StridedRange(1, n - 1)), x.Slice(1, new StridedRange(0, n - 1)));
        return (100 * (next - here.Square()).Square() + (1 - here).Square()).Sum();
    }
}
