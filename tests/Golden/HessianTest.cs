using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Golden;

/// <summary>Derivatives of order two and three, component by component.</summary>
public sealed class HessianTest
{
    [SharedFact]
    public void Derivatives_of_order_two_and_three_are_the_golden_ones()
    {
        foreach (var c in GoldenCase.All.Where(c => c.Op == "hessian"))
        {
            var arrays = c.Load();
            var x = Expr.Variable("x", arrays["in_x"].Shape);
            var hessian = Derivatives(Gradient.Of(SecondDerivatives.Scalar(x), x), x);
            var third = hessian.SelectMany(row => Derivatives(row, x)).ToList();
            var values = Oracle.Evaluate([.. hessian, .. third], (x, arrays["in_x"]));
            Check(values.Take(4), arrays["hessian"]);
            Check(values.Skip(4), arrays["third"]);
        }
    }

    private static List<Expr> Derivatives(Expr vector, Expr x) =>
        [.. Enumerable.Range(0, 4).Select(i => Gradient.Of(vector.Slice(new StridedRange(i, 1)).Sum(), x))];

    private static void Check(IEnumerable<Tensor<double>> rows, Tensor<double> golden) =>
        Assert.Null(GoldenTest.Fault(Tensor<double>.Of(rows.SelectMany(r => r.Span.ToArray()), golden.Sizes), golden, 1e-7));
}
