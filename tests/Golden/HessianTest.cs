using AutoDiffAE.Graph;
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
            var hessian = Hessian.Of(SecondDerivatives.Scalar(x), x);
            var values = Oracle.Evaluate([hessian, Jacobian.Of(hessian, x)], (x, arrays["in_x"]));
            Check(values[0], arrays["hessian"]);
            Check(values[1], arrays["third"]);
        }
    }

    private static void Check(Tensor<double> found, Tensor<double> golden) => Assert.Null(GoldenTest.Fault(found, golden, 1e-7));
}
