using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>The checker that users are given.</summary>
public sealed class GradientCheckTest
{
    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    public static TheoryData<string> Names => [.. Samplers.Keys];

    internal static GradientReport Check(Expr y, Draw d, Pullbacks? table = null) =>
        GradientCheck.Of(y, d.Inputs.Where(i => i.Varies).Select(i => i.Variable), d.Inputs.Select(i => (i.Variable, i.Value)), table);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_right_passes(string operation) => Case.ForAll(d =>
    {
        var y = Samplers[operation].Build(d);
        if (Tape.Of(y, d.Inputs.Where(i => i.Varies).Select(i => i.Variable), seed: y).Results.All(g => g is not null)) Check(y, d).ThrowIfFailed();
    }, 8);

    [Fact]
    public void A_fault_names_the_argument_the_element_both_numbers_and_the_rule()
    {
        var (x, w) = (Expr.Variable("x", 2, 2), Expr.Variable("w", 2));
        var y = (x.MatMul(w).Tanh() * w.Exp()).Sum();
        (Expr, Tensor<double>)[] at = [(x, Tensor<double>.Of([0.5, 1, -0.25, 2], 2, 2)), (w, Tensor<double>.Of([0.3, -0.7], 2))];
        Assert.True(GradientCheck.Of(y, [x, w], at).Passed);
        // The second element of the exponential's cotangent alone is wrong.
        var bug = new Planted("exp", 0, (_, dx) => dx * Expr.Constant(Tensor<double>.Of([1, 1.01], 2)));
        var fault = GradientCheck.Of(y, [x, w], at, bug).Faults.First(f => f.Law == "differences");
        Assert.Equal(("w", "exp"), (fault.Argument, fault.Rule));
        Assert.Equal([1], fault.Element.ToArray());
        Assert.InRange(Math.Abs(fault.Expected.Value - fault.Found), 1e-4, 1);
        Assert.Contains("w[1]", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("the rule to blame is that of exp", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_pullback_is_blamed_by_its_name()
    {
        var x = Expr.Variable("x", 3);
        var report = GradientCheck.Of(CustomOp.Unary("my_square", v => v.Square(), (v, _, dy) => dy * v).Apply(x).Sin(), [x], [(x, Tensor<double>.Of([1, 2, 3], 3))]);
        Assert.All(report.Faults, f => Assert.Equal("my_square", f.Rule));
        Assert.Throws<ArithmeticException>(report.ThrowIfFailed);
    }

    [Fact]
    public void A_cotangent_that_is_not_used_linearly_breaks_a_law()
    {
        var x = Expr.Variable("x", 3);
        var report = GradientCheck.Of(x.Square().ClipGradient(-0.05, 0.1), [x], [(x, Tensor<double>.Of([1, 2, 3], 3))]);
        Assert.Contains(report.Faults, f => f.Law == "linearity in the cotangent");
        Assert.All(report.Faults, f => Assert.Equal("clip_gradient", f.Rule));
    }
}
