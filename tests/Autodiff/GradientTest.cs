using AutoDiffAE.Properties;
using AutoDiffAE.Scalars;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>What linear operations obey besides, and that all laws have a test.</summary>
public sealed class GradientTest
{
    public static TheoryData<string> Linear => [.. OperationLawTest.Samplers.Values.Where(s => s.Linearity != Linearity.None).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Linear))]
    public void The_pullback_of_a_linear_operation_is_its_adjoint(string operation) =>
        Case.ForAll(d => AdjointLaw.Holds(OperationLawTest.Samplers[operation].Build(d), OperationLawTest.Samplers[operation].Linearity, d, Oracle.Options));

    [Fact]
    public void Every_law_is_tested_for_every_operation() =>
        Assert.Equal(Law.All.Length, typeof(OperationLawTest).Assembly.GetTypes().Count(t => t.IsSubclassOf(typeof(OperationLawTest))));

    [Fact]
    public void Every_scalar_function_of_the_assembly_is_found()
    {
        Assert.Contains(ScalarFunction.Unary<Sigmoid>(), ScalarSamplers.Functions);
        Assert.Contains(ScalarFunction.Binary<Larger>(), ScalarSamplers.Functions);
        Assert.Contains(ScalarFunction.Ternary<Where>(), ScalarSamplers.Functions);
        Assert.Equal(ScalarSamplers.Functions.Length, ScalarSamplers.Functions.Select(f => f.Name).Distinct().Count());
    }
}
